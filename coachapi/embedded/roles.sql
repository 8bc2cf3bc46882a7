-- Who may sign in to the database, and the database they share. Run by psql: by the embedded
-- launcher, and by compose's postgres as its superuser on first start. Safe to run again.
--
--   coach_owner   owns the schema, runs migrations
--   coach_app     the web: every row policy applies
--   coach_worker  the workers: the same, and may SET ROLE coach_relay
--   coach_relay   no login: sees what is due to be sent, whosever it is
--
-- None is superuser, none may bypass row-level security. Passwords come from the environment;
-- where there are none (a private unix socket) the server trusts its folder's owner.
\set ON_ERROR_STOP on
\if :{?database}
\else
    \set database coach
\endif

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB', name)
  FROM unnest(ARRAY['coach_owner', 'coach_app', 'coach_worker']) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SELECT 'CREATE ROLE coach_relay NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'coach_relay') \gexec
GRANT coach_relay TO coach_worker WITH INHERIT FALSE, SET TRUE;

\getenv owner_password OWNER_DATABASE_PASSWORD
\if :{?owner_password}
    ALTER ROLE coach_owner PASSWORD :'owner_password';
\endif
\getenv app_password DATABASE_PASSWORD
\if :{?app_password}
    ALTER ROLE coach_app PASSWORD :'app_password';
\endif
\getenv worker_password WORKER_DATABASE_PASSWORD
\if :{?worker_password}
    ALTER ROLE coach_worker PASSWORD :'worker_password';
\endif

SELECT format('CREATE DATABASE %I OWNER coach_owner', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
ALTER DATABASE :"database" OWNER TO coach_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO coach_app, coach_worker;

\connect :"database"
ALTER SCHEMA public OWNER TO coach_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO coach_app, coach_worker, coach_relay;
-- What migrations create is open to both logins; which rows, the policies decide, and a
-- migration takes back what a table must never allow. The relay gets single grants only.
ALTER DEFAULT PRIVILEGES FOR ROLE coach_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO coach_app, coach_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE coach_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO coach_app, coach_worker;
