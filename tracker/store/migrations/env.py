"""Runs the revisions on the connection it is handed, inside the transaction begun there."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
