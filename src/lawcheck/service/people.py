"""Who acts: a person of the bureau, where it lists its people."""

from lawcheck.core.bureau import Bureau
from lawcheck.errors import UnknownPerson
from lawcheck.service.finding import nearest


def person_id(bureau: Bureau, name: str) -> str:
    """Return the id of a person named by id or name; any name will do where the bureau lists nobody.

    Raises:
        UnknownPerson: the bureau lists its people and this is none of them.

    """
    if not bureau.people:
        return name
    for person in bureau.people:
        if name in (person.id, person.name):
            return person.id
    known = [one for person in bureau.people for one in (person.id, person.name)]
    raise UnknownPerson(person=name, nearest=nearest(name, known))
