"""A query of the settings is one select, on every database: nothing else is run."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from orgdata.load import load
from orgdata.sources import SourceError
from tests.sources.conftest import KINDS, empty
from tests.sources.databases import run

SELECT = "select 'H1' as person_id, 'x' as name"
WRITE = {  # what would write, if it were run after a select
    "postgresql": "commit; set default_transaction_read_only=off; begin read write; "
                  "delete from canary; commit",
    "mariadb": "commit; set session transaction read write; delete from canary; commit",
    "sqlite": "rollback; delete from canary",
    "duckdb": "copy (select 1) to '{folder}/written'"}
HIDDEN = (  # a semicolon that some reading of quotes and comments does not see
    "{S}; {S}", "{S}; {W}; {S}", "{S} /* ' */; {W}; {S} /* ' */", "{S} -- '\n; {W}; {S} -- '",
    "{S} /* ` */; {W}; {S} /* ` */", "{S} /* \" */; {W}; {S} /* \" */",
    "select $$'$$ as person_id, 'x' as name; {W}; select $$'$$",
    "select $a$\"$a$ as person_id, 'x' as name; {W}; select $a$\"$a$",
    "select '\\' as person_id, 'x' as name; {W}; select '", "{S} # '\n; {W}; {S} # '")
REFUSED = {
    "postgresql": (
        "with gone as (delete from canary returning *) select 'H1' as person_id, a as name from gone",
        "select 'H1' as person_id, 'x' as name into written",
        "select 'H1' as person_id, nextval('counter') as name",
        "select 'H1' as person_id, setval('counter', 9) as name",
        "select 'H1' as person_id, set_config('transaction_read_only', 'off', false) as name",
        "select 'H1' as person_id, lo_from_bytea(0, 'x') as name",
        "select 'H1' as person_id, query_to_xml('delete from canary', true, true, '') as name",
        SELECT + " from canary for update"),
    "mariadb": (
        SELECT + " into outfile '{folder}/written'", SELECT + " into dumpfile '{folder}/written'",
        SELECT + "/**/into/**/outfile '{folder}/written'",
        SELECT + " /*! into outfile '{folder}/written' */",
        SELECT + " /*!50000 into*/ outfile '{folder}/written' /*",
        SELECT + ") into outfile '{folder}/written' -- ",
        "select 'H1' into outfile '{folder}/written' from canary",
        SELECT + " into @written",
        SELECT + " union select 1, 2 into outfile '{folder}/written'",
        "select 'H1' as person_id, load_file('{folder}/secret') as name",
        "select 'H1' as person_id, LOAD_FILE/**/('{folder}/secret') as name",
        "select 'H1' as person_id, `load_file`('{folder}/secret') as name",
        "select 'H1' as person_id, nextval(counter) as name",
        SELECT + " from canary for update"),
    "sqlite": (
        "select 'H1' as person_id, load_extension('{folder}/secret') as name",
        "select 'H1' as person_id, writefile('{folder}/written', 'x') as name",
        "select 'H1' as person_id, readfile('{folder}/secret') as name",
        "select 'H1' as person_id, fts3_tokenizer('simple') as name",
        "with x as (select 1) delete from canary", "with x as (select 1) insert into canary select 1"),
    "duckdb": (
        "select 'H1' as person_id, content as name from read_text('{folder}/secret')",
        "select 'H1' as person_id, name from read_csv('{folder}/*')",
        "select 'H1' as person_id, file as name from glob('{folder}/*')",
        "select 'H1' as person_id, name from read_csv('http://127.0.0.1:9/x.csv')",
        "select * from query('copy (select 1) to ''{folder}/written''')",
        "select * from enable_logging('QueryLog', storage='file', storage_path='{folder}/written')",
        "with gone as (delete from canary returning *) select 'H1' as person_id, a as name from gone",
        "with x as (select 1) insert into canary select 1",
        "select 'H1' as person_id, nextval('counter') as name")}


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # of PyMySQL
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_one_select_is_refused_in_one_line(kind, request, tmp_path):
    database = empty(request, tmp_path, kind)
    run(database, "create table canary (a integer)", "insert into canary values (1)",
        *(["create sequence counter"] if kind != "sqlite" else []))
    folder = tmp_path / "files"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    (folder / "secret").write_text("name\ns3cret\n")
    run_anyway, said = [], []
    for query in (*HIDDEN, *REFUSED[kind]):
        query = query.replace("{S}", SELECT).replace("{W}", WRITE[kind])
        try:
            load(database, settings(tmp_path, query.replace("{folder}", str(folder))))
            run_anyway.append(query)
        except SourceError as error:
            said.append(str(error))
    assert run_anyway == []
    assert [line for line in said if "people" not in line or "\n" in line or "s3cret" in line] == []
    assert [file.name for file in folder.iterdir()] == ["secret"]
    engine = sa.create_engine(database, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.execute(sa.text("select * from canary")).all() == [(1,)]


def settings(folder: Path, query: str) -> str:
    file = folder / "settings.toml"
    file.write_text(f"[tables]\npeople = {json.dumps(query)}\n")
    return str(file)


@pytest.mark.parametrize("query", [
    "select person_id, name from staff order by person_id limit 5",
    "select person_id, name, note as note, note as note from staff -- ; '\n",
    "with listed as (select * from staff) select person_id, name from listed where name <> ';'\n;",
    "with listed (person_id, name) as (values ('H1', 'Ada')) select * from listed",
    "select person_id, name from staff union all select person_id, name from staff where 1 = 0",
    "select person_id, max(name) as name from staff group by person_id having count(*) > 0"])
def test_one_select_however_it_is_written(query, database, tmp_path):
    run(database, "create table staff (person_id varchar(9), name varchar(9), note varchar(9))",
        "insert into staff values ('H1', 'Ada', 'x')",
        "create table people (person_id varchar(9), name varchar(9))")
    assert load(database, settings(tmp_path, query))["people"]["name"].tolist() == ["Ada"]
