"""Which databases our statements were run on, and for which they were only compiled."""

from dataclasses import dataclass
from typing import Literal

from orgdata.docs.catalogue import markdown_table

How = Literal["run", "compiled", "compiled once"]
_WORDS = {
    "run": "run in the tests, on a real one",
    "compiled": "compiled in the tests; run on none",
    "compiled once": "compiled by hand; run on none. Its driver cannot be installed beside the "
                     "versions pinned here, so the test of it is skipped"}


@dataclass(frozen=True)
class Engine:
    """A kind of database, and what its statements were tried with."""

    name: str
    package: str  # what has its dialect
    dialect: str  # module:class
    how: How
    note: str = ""


ENGINES = (
    Engine("SQLite", "SQLAlchemy", "sqlalchemy.dialects.sqlite.pysqlite:dialect", "run",
           "source, store, write-back"),
    Engine("PostgreSQL", "SQLAlchemy", "sqlalchemy.dialects.postgresql.psycopg:dialect", "run",
           "source, store, write-back; as a source also on partitions on other servers"),
    Engine("MariaDB", "SQLAlchemy", "sqlalchemy.dialects.mysql.mariadb:MariaDBDialect", "run",
           "source, write-back; as a source also by Spider on other servers"),
    Engine("DuckDB", "duckdb-engine", "duckdb_engine:Dialect", "run", "source"),
    Engine("MySQL", "SQLAlchemy", "sqlalchemy.dialects.mysql.pymysql:dialect", "compiled",
           "source, write-back"),
    Engine("SQL Server", "SQLAlchemy", "sqlalchemy.dialects.mssql.pyodbc:dialect", "compiled"),
    Engine("Oracle", "SQLAlchemy", "sqlalchemy.dialects.oracle.oracledb:dialect", "compiled"),
    Engine("Amazon Redshift", "sqlalchemy-redshift 1.0.0",
           "sqlalchemy_redshift.dialect:RedshiftDialect_psycopg2", "compiled"),
    Engine("Trino", "trino 0.340.0", "trino.sqlalchemy.dialect:TrinoDialect", "compiled"),
    Engine("Snowflake", "snowflake-sqlalchemy 2.1.0",
           "snowflake.sqlalchemy.snowdialect:SnowflakeDialect", "compiled once"),
    Engine("BigQuery", "sqlalchemy-bigquery 1.17.3", "sqlalchemy_bigquery.base:BigQueryDialect",
           "compiled once"),
    Engine("Databricks", "databricks-sqlalchemy 2.0.10",
           "databricks.sqlalchemy.base:DatabricksDialect", "compiled once"),
)


def databases() -> str:
    """Every kind of database with what was tried, as a Markdown table."""
    return markdown_table(("Database", "Dialect", "Our statements were", "As"), [
        (one.name, one.package, _WORDS[one.how], one.note or "source: its tables are read whole")
        for one in ENGINES])
