"""METHOD section 1: the tables, their columns and the vocabularies, as the page lists them.

A column reads `name`, then `*` where it is required, `:kind` where it is not plain text and
`>table` where it refers to one.
"""

from dataclasses import dataclass

_TABLES = {
    "people": "person_id* name* email title manager_id>people active_from:date active_to:date",
    "outcomes": "outcome_id* name* description metric unit baseline:number target:number "
                "current:number start_date:date due_date:date weight:number tier:number "
                "owner_id>people status:life",
    "products": "product_id* name* business_area level parent_product_id>products status:life "
                "strategic_role:strategic_role lifecycle_stage annual_spend:number "
                "annual_revenue:number fte:number bau_pct:number role_statement "
                "role_confirmed_by role_confirmed_on:date segments jobs description",
    "assignments": "product_id*>products person_id*>people role*:role allocation_pct:number "
                   "is_interim:bool start_date:date end_date:date",
    "contributions": "product_id*>products outcome_id*>outcomes strength:strength "
                     "share_pct:number rationale confirmed_by confirmed_on:date",
    "cycles": "cycle_id* name* start_date*:date end_date*:date cadence_days:number",
    "objectives": "objective_id* title* product_id>products outcome_id>outcomes "
                  "parent_objective_id>objectives cycle_id>cycles owner_id>people "
                  "ambition:ambition "
                  "start_date:date end_date:date effort_pct:number status grade exempt_reason "
                  "exempt_until:date",
    "objective_products": "objective_id*>objectives product_id*>products effort_pct:number",
    "objective_outcomes": "objective_id*>objectives outcome_id*>outcomes mode:mode "
                          "share_pct:number",
    "key_results": "kr_id* objective_id*>objectives title* product_id>products kr_type:kr_type "
                   "metric unit "
                   "baseline:number target:number lower:number upper:number current:number "
                   "start_date:date due_date:date weight:number pace:pace cadence_days:number "
                   "is_guardrail:bool result_kind:result_kind status confidence:number "
                   "owner_id>people",
    "check_ins": "kr_id*>key_results date*:date value:number confidence:number status note "
                 "author_id",
    "dependencies": "dependency_id* product_id*>products needs_product_id*>products what "
                    "needed_by:date agreed:bool done_on:date",
    "roadblocks": "roadblock_id* what* opened_on*:date kr_id>key_results product_id>products "
                  "unblocker_id>people closed_on:date",
    "work": "work_id* product_id*>products done_on*:date kind:work_kind size:number asked_by "
            "objective_id>objectives kr_id>key_results outcome_id>outcomes parent_id>work",
    "expectations": "expectation_id* product_id*>products partner* what* by_when:date "
                    "direction:direction state:state answered_by answered_on:date note",
    "ideas": "idea_id* name* outcome_id*>outcomes description product_id>products kind "
             "stage:idea_stage effect_low:number effect_likely:number effect_high:number "
             "confidence_pct:number effort_low:number effort_likely:number effort_high:number "
             "annual_spend:number owner_id>people proposed_on:date asked_by",
    "mix_targets": "dimension*:dimension bucket* target_pct*:number",
}
KEYS = {
    "people": ("person_id",), "outcomes": ("outcome_id",), "products": ("product_id",),
    "assignments": ("product_id", "person_id", "role as written", "start_date"),
    "contributions": ("product_id", "outcome_id"), "cycles": ("cycle_id",),
    "objectives": ("objective_id",), "objective_products": ("objective_id", "product_id"),
    "objective_outcomes": ("objective_id", "outcome_id"),
    "key_results": ("kr_id",), "check_ins": ("kr_id", "date"),
    "dependencies": ("dependency_id",), "roadblocks": ("roadblock_id",),
    "work": ("work_id",), "expectations": ("expectation_id",),
    "ideas": ("idea_id",),
    "mix_targets": ("dimension", "bucket"),
}
WORDS = {
    "life": {"active", "planned", "done", "retired", "deferred"},
    "strategic_role": {"invest", "maintain", "harvest", "sunset", "explore", "enable"},
    "strength": {"primary", "supporting", "weak"},
    "ambition": {"committed", "aspirational"},
    "mode": {"contributes", "supports"},
    "kr_type": {"increase", "decrease", "at_least", "at_most", "between", "binary", "milestone"},
    "pace": {"linear", "back_loaded", "none"},
    "result_kind": {"outcome", "output"},
    "dimension": {"strategic_role", "lifecycle_stage", "business_area"},
    "work_kind": {"goal", "run", "defect", "risk", "request"},
    "direction": {"from_partner", "to_partner"},
    "idea_stage": {"idea", "discovery", "validated", "building", "shipped", "dropped"},
    "state": {"offered", "accepted", "countered", "declined"},
}
ALSO = {"life": {
    **dict.fromkeys(("live", "ga", "beta", "launched", "in_production"), "active"),
    **dict.fromkeys(("idea", "backlog", "proposed", "in_development", "pilot"), "planned"),
    **dict.fromkeys(("eol", "end_of_life", "discontinued", "decommissioned", "archived",
                     "shut_down"), "retired"),
    "on_hold": "deferred", "paused": "deferred"}}
ACCOUNTABLE = {"accountable", "product_manager", "pm", "owner", "lead", "dri"}
DEPUTY = {"deputy", "backup"}
CLOSED = {"done", "closed", "completed", "achieved", "missed", "cancelled", "dropped", "draft",
          "canceled", "complete", "finished", "archived", "abandoned", "rejected", "resolved",
          "100%_complete", "erledigt", "abgeschlossen", "terminé", "terminado", "completado",
          "concluído", "afgerond"}
ON_TRACK = {"on_track", "green", "okay", "ok", "good", "ahead", "healthy", "🟢", "g"}
OFF_TRACK = {"off_track", "red", "problem", "blocked", "in_trouble", "🔴", "r"}
BETWEEN = {"at_risk", "attention", "needs_attention", "behind", "yellow", "amber", "🟡", "🟠", "a",
           "y"}
OPEN = {"active", "ongoing", "in_progress", "open", "new", "started", "not_started", "planned",
        "to_do"} | ON_TRACK | OFF_TRACK | BETWEEN


@dataclass(frozen=True)
class Column:
    """One column as declared above."""

    name: str
    required: bool
    kind: str
    refers_to: str | None


def _column(written: str) -> Column:
    head, _, refers_to = written.partition(">")
    head, _, kind = head.partition(":")
    return Column(head.rstrip("*"), head.endswith("*"), kind or "text", refers_to or None)


LAYOUT = {table: [_column(written) for written in columns.split()]
          for table, columns in _TABLES.items()}
