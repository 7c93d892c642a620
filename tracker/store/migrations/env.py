"""Alembic environment: runs on the connection of the caller, in its open transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
