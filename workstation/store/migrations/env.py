"""Run by alembic: takes the caller's connection and migrates inside the caller's transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], render_as_batch=True, transactional_ddl=True
)
context.run_migrations()
