"""What the address of a store on a PostgreSQL server says."""


def schema_of(address: str) -> str:
    """Return the schema that an address of `Server.fresh` names."""
    return address.rpartition("%3D")[2]
