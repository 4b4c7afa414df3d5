"""Run by alembic: migrations go over the connection that opens the store, in its transaction."""

from alembic import context

from orgdata.store.tables import VERSION_TABLE, metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata,
                  version_table=VERSION_TABLE)
context.run_migrations()
