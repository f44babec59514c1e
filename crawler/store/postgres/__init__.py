"""The store in a PostgreSQL database, which several machines share; the extra `postgres` installs what it needs."""
