"""The peer of rooms: blocks by hotel and category with CP-SAT, all at once."""

from collections import Counter

from ortools.sat.python import cp_model

from titian.planning.rooms import Problem


def spread_of(problem: Problem, seconds: float) -> int | None:
    """Minutes of hotels and way if all are housed; None where somebody is left."""
    model = cp_model.CpModel()
    asked = Counter((p.group, p.category) for p in problem.parties)
    there = Counter((r.hotel, r.category) for r in problem.rooms)
    cost, left, given = [], [], {}
    for group in problem.groups:
        for number, hotel in enumerate(problem.hotels):
            is_there = model.new_bool_var("")
            minutes = problem.rules.hotel_minutes + group.minutes[number]
            cost.append(minutes * is_there)
            for category in sorted({c for _hotel, c in there}):
                key = group.key, hotel.key, category
                most = min(asked[group.key, category], there[hotel.key, category])
                given[key] = model.new_int_var(0, most, "")
                model.add(given[key] <= most * is_there)
    for (group_key, category), count in asked.items():
        short = model.new_int_var(0, count, "")
        rooms = [given[group_key, hotel.key, category] for hotel in problem.hotels]
        model.add(sum(rooms) + short == count)
        left.append(short)
    for (hotel_key, category), count in there.items():
        rooms = [given[group.key, hotel_key, category] for group in problem.groups]
        model.add(sum(rooms) <= count)
    model.minimize(sum(cost) + 1000 * sum(left))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    if any(solver.value(one) for one in left):
        return None
    return round(solver.objective_value)
