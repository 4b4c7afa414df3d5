"""Asana tasks. A section (or a project) is an objective, a product is what the field Product says,
else a project; tasks are work.

A section has neither dates nor an owner in Asana, so its objective has none: those of its tasks
are not its own. Sections of different projects may have the same name, so a section is identified
by its project too. A task may be in several projects, named in one cell and separated by commas
(unless the settings say that commas are part of a name), but its section belongs to one of them: to
the one that other records show with this section, else to the one that most records name.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.kinds import work_kind
from orgdata.sources.vendors.records import Records, first_of_each, joined_key
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import (
    inherited,
    lost_parents,
    names_in_cells,
    parent_positions,
    with_work,
    work_dispositions,
    work_rows,
)
from orgdata.tabular.lookup import Positions, is_in, positions

_FIELD = "Product"
_NO_SECTION = ("(no section)", "untitled section")  # what Asana calls the absence of one


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Sections or projects as objectives, projects as products, tasks as work."""
    tasks, projects = _tasks(records, chosen)
    parents = _parents(records, tasks)
    holder, product = (inherited(tasks[column], parents) for column in ("goal", "product"))
    work = tasks["known"] & ~tasks["id"].duplicated()
    product_rows = first_of_each(projects if chosen["products"] == "project" or (
        chosen["products"] == "field" and _FIELD not in records) else tasks["product"])
    objectives, more = _objectives(tasks)
    made = {"objectives": with_work(objectives, "objective_id", holder.where(work, ""),
                                    tasks["done"]),
            "objective_products": more,
            "products": with_work(pd.DataFrame({"product_id": product_rows, "name": product_rows}),
                                  "product_id", product.where(work & (holder == ""), ""),
                                  tasks["done"])}
    made["work"] = work_rows(records, pd.DataFrame({
        "work": work, "done": tasks["done"], "work_id": tasks["id"],
        "done_on": records.days("Completed At", "Created At"), "kind": work_kind(records["Tags"]),
        "objective_id": holder, "product_id": product,
        "parent_id": lost_parents(records["Parent task"], parents, holder)}), parents,
        "Completed At")
    into = (product != "").map({True: "products", False: ""}).mask(holder != "", "objectives")
    return Converted(made, work_dispositions(
        records, made, into, ("Task ID", ~tasks["known"], "a value is required"),
        ("Projects", into == "", "it belongs to no section, and to no project that is read")))


def _tasks(records: Records, chosen: Mapping[str, str]) -> tuple[pd.DataFrame, pd.Series]:
    """What is read of every task, and the projects of all tasks in one column, at their rows."""
    ids, section = records["Task ID"], records["Section/Column"]
    known = ids != ""
    section = section.mask(section.str.casefold().isin(_NO_SECTION) | ~known, "")
    projects = names_in_cells(records["Projects"].where(known, ""), chosen["comma"] == "separates")
    project = _project_of(section, projects)
    goal, title = (project, project) if chosen["objectives"] == "project" else (
        joined_key(project, section).where(project != "", section).where(section != "", ""),
        section)
    return pd.DataFrame({
        "id": ids, "known": known, "name": records["Name"], "goal": goal, "title": title,
        "product": "" if chosen["products"] == "none" else records[_FIELD] if (
            chosen["products"] == "field" and _FIELD in records) else project,
        "project": project, "done": records["Completed At"] != ""}), projects


def _project_of(section: pd.Series, projects: pd.Series) -> pd.Series:
    """The project to which each task's section belongs: see the head of this module."""
    named = pd.DataFrame({"project": projects, "section": section[projects.index],
                          "row": projects.index})
    alone = ~named["row"].duplicated(keep=False) & (named["section"] != "")
    place = joined_key(named["project"], named["section"])
    best = named.assign(shown=is_in(place, place[alone]),
                        records=named.groupby("project")["row"].transform("size")).sort_values(
        ["shown", "records"], ascending=False, kind="stable").drop_duplicates("row")
    return best.set_index("row")["project"].reindex(section.index, fill_value="")


def _objectives(tasks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each objective with its first product, and the further products of its tasks."""
    named = tasks[tasks["goal"] != ""].rename(columns={
        "goal": "objective_id", "product": "product_id"})
    first = named.loc[~named["objective_id"].duplicated(), ["objective_id", "title"]]
    pairs = named.loc[named["product_id"] != "", ["objective_id", "product_id"]].drop_duplicates()
    own = pairs.drop_duplicates("objective_id")
    product = dict(zip(own["objective_id"], own["product_id"], strict=True))
    return (first.assign(product_id=[product.get(id_, "") for id_ in first["objective_id"]]),
            pairs.drop(index=own.index))


def _parents(records: Records, tasks: pd.DataFrame) -> Positions:
    """The position of each task's parent, named by its id or by its name unless several tasks have
    that name."""
    parent, first = records["Parent task"], ~tasks["id"].duplicated()
    named = tasks["name"].where(first, "")
    shared = named.duplicated(keep=False) & (named != "")
    parents = parent_positions(parent, tasks["id"], named.mask(shared, ""))
    unknown = (parent != "") & (parents < 0) & (tasks["project"] == "")
    several = unknown & (positions(parent, named[shared]) >= 0)
    records.remark("Parent task", parent[unknown & ~several], "unknown_reference",
                   "no such task in the file")
    records.remark("Parent task", parent[several], "unknown_reference",
                   "several tasks have this name; which one is meant is unknown")
    return parents


def _is_asana(names: frozenset[str]) -> bool:
    return "task_id" in names and ("section/column" in names or len(names & {
        "name", "assignee_email", "completed_at", "projects", "parent_task"}) > 2)


VENDOR = Vendor(
    "asana", "Asana", _is_asana, convert,
    (Choice("objectives", "What is a goal?", {
        "section": "Each section of a project", "project": "Each project"}),
     Choice("products", "What is a product?", {
         "field": "What the field Product says; without one, each project",
         "project": "Each project", "none": "Nothing: products come from elsewhere"}),
     Choice("comma", "What is a comma among projects?", {
         "separates": "It stands between two of them",
         "part": "It is part of the name of one"})))
