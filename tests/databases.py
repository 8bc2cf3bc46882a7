"""Databases for tests: migrated once as coach_owner, copied per worker, used as coach_app.

The template is built by `manage.py migrate` and `load_library` in processes of their own, signed
in as the owner of the schema, exactly as production does. Every worker gets a copy and the tests
sign in as the web does, so row-level security is real. Rows that these two left behind (the
exercise library, content types) are kept in a schema `reference` that the web cannot see, so that
`restore` can put a database back after a test that committed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from coachapi.embedded.servers import DATABASE_NAMES, create_roles

ROOT = Path(__file__).parent.parent
ONE_BUILDER = 7_201_803  # the advisory lock's number; any, as long as all workers agree
TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '')
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
       AND c.relname <> 'django_migrations'
     GROUP BY c.relname ORDER BY c.relname
"""


def superuser() -> str:
    """The address of the test server's superuser. With servers of your own, set it yourself."""
    return os.environ["ADMIN_DATABASE_URL"]


def address(url: str, database: str) -> str:
    """The same server and login, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def prefix() -> str:
    """What the names of this run's databases begin with; two runs never share one."""
    return f"test_coach_{os.environ['COACHAPI_TEST_RUN']}"


def copy_for_worker(worker: str) -> str:
    """Build the template if no other worker has, and copy it. Returns the copy's name."""
    template, copy = f"{prefix()}_template", f"{prefix()}_{worker}"
    with psycopg.connect(superuser(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [ONE_BUILDER])
        found = admin.execute("SELECT FROM pg_database WHERE datname = %s", [template])
        if found.fetchone() is None:
            _build(template)
        names = sql.Identifier(copy), sql.Identifier(template)
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER coach_owner TEMPLATE {}").format(*names))
    return copy


def point_at(database: str) -> None:
    """Make every address in the environment, ours and our children's, mean that database."""
    for name in DATABASE_NAMES:
        os.environ[name] = address(os.environ[name], database)


def drop_all() -> None:
    """Remove this run's databases from a server that outlives it."""
    with psycopg.connect(superuser(), autocommit=True) as admin:
        found = admin.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix()]
        )
        for (name,) in found.fetchall():
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def restore(database: str) -> None:
    """Put every table back to what the migrations left: used after tests that commit.

    Runs as superuser with triggers and foreign keys off, because tables of record refuse
    deletion by everybody else. Takes milliseconds: only tables with rows are touched.
    """
    with psycopg.connect(address(superuser(), database)) as admin:
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute("SET LOCAL lock_timeout = '5s'")
        kept = {name for name, _ in admin.execute(TABLES.replace("public", "reference")).fetchall()}
        for name, columns in admin.execute(TABLES).fetchall():
            table, copy = sql.Identifier(name), sql.Identifier("reference", name)
            admin.execute(sql.SQL("DELETE FROM {}").format(table))
            if name in kept:
                listed = sql.SQL(", ").join(map(sql.Identifier, columns))
                admin.execute(
                    sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
                        table, listed, listed, copy
                    )
                )


def _build(template: str) -> None:
    """Create the template and migrate it as coach_owner. Raises with migrate's own words."""
    create_roles(superuser(), database=template)
    environment = os.environ | {
        "PROCESS_ROLE": "migrate",
        "OWNER_DATABASE_URL": address(os.environ["OWNER_DATABASE_URL"], template),
    }
    for words in ("migrate --no-input --skip-checks", "load_library --skip-checks"):
        command = [sys.executable, "manage.py", *words.split()]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            with psycopg.connect(superuser(), autocommit=True) as admin:
                admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(template)))
            raise RuntimeError(f"{words} failed on a new database:\n{done.stdout}{done.stderr}")
    with psycopg.connect(address(superuser(), template)) as admin:
        admin.execute("CREATE SCHEMA reference")
        for name, _ in admin.execute(TABLES).fetchall():
            table, copy = sql.Identifier(name), sql.Identifier("reference", name)
            full = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(table)
            (has_rows,) = admin.execute(full).fetchone() or (False,)
            if has_rows:
                admin.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copy, table))
