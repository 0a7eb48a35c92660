"""The tables of the invented edition: one of each shape that there is."""

from __future__ import annotations

from constancia.domain.publishing.content import Category, Cell, Group, Table, Words


def words(es: str, en: str | None = None) -> Words:
    return Words(es=es, en=en or es)


def one_way(
    name: str,
    es: str,
    en: str,
    dimension: str,
    label: Words,
    rows: dict[str, tuple[str, str, int | None]],
    groups: tuple[Group, ...] = (),
    total: int = 541,
) -> Table:
    """A table by one dimension: {category: (es, en, value or None where it is merged)}."""
    where = {key[0]: group.number for group in groups for key in group.cells}
    return Table(
        name=name,
        title=words(es, en),
        total_of="held",
        total=total,
        dimensions=(dimension,),
        dimension_labels=(label,),
        categories=(tuple(Category(key=key, label=words(row[0], row[1])) for key, row in rows.items()),),
        cells=tuple(Cell(key=(key,), value=row[2], group=where.get(key)) for key, row in rows.items()),
        groups=groups,
    )


def by_state_and_sex() -> Table:
    """Two dimensions with margins; in two states women and others are shown together."""
    states = {
        "VE-A": ("Distrito Capital", 301),
        "VE-V": ("Zulia", 98),
        "VE-K": ("Lara", 60),
        "VE-X": ("La Guaira", 82),
    }
    sexes = {
        "woman": ("Mujeres", "Women"),
        "man": ("Hombres", "Men"),
        "not_known": ("No consta", "Not known"),
    }
    inner = {
        "VE-A": (60, 233, 8),
        "VE-V": (14, 84, None),
        "VE-K": (None, 45, None),
        "VE-X": (20, 62, None),
    }
    cells = [Cell(key=("", ""), value=541)]
    cells += [Cell(key=(state, ""), value=total) for state, (_, total) in states.items()]
    cells += [
        Cell(key=("", "woman"), value=104),
        Cell(key=("", "man"), value=424),
        Cell(key=("", "not_known"), value=13),
    ]
    hidden: list[tuple[str, ...]] = []
    for state, values in inner.items():
        for sex, value in zip(sexes, values, strict=True):
            if value is None:
                hidden.append((state, sex))
            cells.append(Cell(key=(state, sex), value=value, group=1 if value is None else None))
    return Table(
        name="held_by_state_and_sex",
        title=words("Personas detenidas por estado y sexo", "People held by state and sex"),
        total_of="held",
        total=541,
        dimensions=("state", "sex"),
        dimension_labels=(words("Estado", "State"), words("Sexo", "Sex")),
        categories=(
            tuple(Category(key=key, label=words(name)) for key, (name, _) in states.items()),
            tuple(Category(key=key, label=words(*names)) for key, names in sexes.items()),
        ),
        cells=tuple(cells),
        groups=(Group(number=1, cells=tuple(hidden), value=15),),
    )


def tables() -> tuple[Table, ...]:
    return (
        one_way(
            "held_by_sex",
            "Personas detenidas por sexo",
            "People held by sex",
            "sex",
            words("Sexo", "Sex"),
            {
                "woman": ("Mujeres", "Women", 104),
                "man": ("Hombres", "Men", 424),
                "other": ("Otro", "Other", 0),
                "not_known": ("No consta", "Not known", 13),
            },
        ),
        one_way(
            "held_by_profile",
            "Personas detenidas por condición",
            "People held by profile",
            "profile",
            words("Condición", "Profile"),
            {
                "civilian": ("Civiles", "Civilians", 352),
                "military": ("Militares", "Military", 171),
                "police": ("Policías", "Police", 12),
                "not_known": ("No consta", "Not known", 6),
            },
        ),
        one_way(
            "held_by_age_group",
            "Personas detenidas por edad",
            "People held by age",
            "age_group",
            words("Edad", "Age"),
            {
                "adult": ("Adultas", "Adults", None),
                "adolescent": ("Adolescentes", "Adolescents", None),
                "not_known": ("No consta", "Not known", 9),
            },
            (Group(number=1, cells=(("adult",), ("adolescent",)), value=532),),
        ),
        one_way(
            "held_by_convicted",
            "Personas detenidas por condena",
            "People held by conviction",
            "convicted",
            words("Condena", "Conviction"),
            {
                "convicted": ("Con condena", "Convicted", 140),
                "not_convicted": ("Sin condena", "Not convicted", 385),
                "not_known": ("No consta", "Not known", 16),
            },
        ),
        one_way(
            "held_by_nationality",
            "Personas detenidas por nacionalidad",
            "People held by nationality",
            "nationality",
            words("Nacionalidad", "Nationality"),
            {
                "national": ("Venezolana", "Venezuelan", 470),
                "foreign": ("Extranjera", "Foreign", 44),
                "dual": ("Doble", "Dual", 20),
                "not_known": ("No consta", "Not known", 7),
            },
        ),
        one_way(
            "held_by_state",
            "Personas detenidas por estado",
            "People held by state",
            "state",
            words("Estado", "State"),
            {
                "VE-A": ("Distrito Capital", "Capital District", 301),
                "VE-V": ("Zulia", "Zulia", 98),
                "VE-K": ("Lara", "Lara", 60),
                "VE-X": ("La Guaira", "La Guaira", 70),
                "VE-Z": ("Amazonas", "Amazonas", None),
                "VE-Y": ("Delta Amacuro", "Delta Amacuro", None),
                "not_known": ("No consta", "Not known", 0),
            },
            (Group(number=1, cells=(("VE-Z",), ("VE-Y",)), value=12),),
        ),
        one_way(
            "held_by_place",
            "Personas detenidas por centro",
            "People held by place",
            "place",
            words("Centro", "Place"),
            {
                "El Rodeo I": ("El Rodeo I", "El Rodeo I", 190),
                "Yare II": ("Yare II", "Yare II", 121),
                "Ramo Verde": ("Ramo Verde", "Ramo Verde", 118),
                "not_known": ("No consta", "Not known", 112),
            },
        ),
        by_state_and_sex(),
    )
