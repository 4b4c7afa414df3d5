"""Which columns of work name persons: those are dropped on reading (METHOD section 9)."""

from orgdata.model.fields import normalise_name

_BARE = frozenset(
    "assignee assignees assigned_to assigned_user reporter reporters creator author authors "
    "created_by owner owners owner_id owner_name requester requesters requestor requested_by "
    "reported_by raised_by submitted_by opened_by closed_by resolved_by completed_by done_by "
    "changed_by updated_by modified_by last_modified_by last_updated_by activated_by person "
    "person_id people user users username user_name member members developer developers engineer "
    "tester reviewer reviewers approver approvers watcher watchers follower followers subscribers "
    "participants collaborators project_lead lead responsible accountable dri email e_mail mail "
    "author_id assignee_id reporter_id creator_id full_name "
    "bearbeiter autor ersteller melder verantwortlich verantwortliche verantwortlicher "
    "zugewiesen_an mitarbeiter responsable asignado_a informador créateur rapporteur "
    "responsável relator assegnatario 担当者 報告者".split())
_ENDS = ("_email", "_e_mail", "_mail", "_username", "_user", "_id", "_name")
_WRAPPED = "custom_field_("


def names_persons(header: str) -> bool:
    """Whether a column is called like one that names persons: Assignee, Reporter email …"""
    name = normalise_name(header)
    if name.startswith(_WRAPPED):
        name = name.removeprefix(_WRAPPED).removesuffix(")")
    first, _, number = name.rpartition("_")
    name = first if number.isdecimal() else name  # Watchers 2
    return name in _BARE or any(name.removesuffix(end) in _BARE for end in _ENDS)
