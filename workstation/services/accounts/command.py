"""``workstation accounts``: what the owner of a city does about signing in, before there is an administrator or when there is none left."""

from __future__ import annotations

import argparse

from ...store.errors import StoreError
from ...workflow.handbook import HandbookError
from ..errors import NotFound, Refused
from ..services import Services

DONE, FAILED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The city, and one thing to do; without one, what holds is printed."""
    parser.add_argument(
        "--db", required=True, metavar="URL", help="the city: a file, or a server as its owner"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--open",
        metavar="PERSON",
        help="open this person's account, or give it a new password, and print the password once",
    )
    what.add_argument(
        "--sign-in",
        choices=("password", "open"),
        help="whether a city in a file asks for passwords; not before an administrator has an account",
    )
    what.add_argument("--set", nargs=2, metavar=("FIGURE", "VALUE"), help="such as idle_minutes 5")


def run(args: argparse.Namespace) -> int:
    """Do it; 1 with a sentence where it cannot be done."""
    try:
        services = Services.open(args.db)
        try:
            return _run(services, args)
        finally:
            services.close()
    except (StoreError, HandbookError) as error:
        print(f"workstation accounts: {error}")
    except NotFound as error:
        print(f"workstation accounts: there is no person {error.key}")
    except Refused as error:
        print(f"workstation accounts: refused ({error.refusal.code})")
    return FAILED


def _run(services: Services, args: argparse.Namespace) -> int:
    accounts = services.accounts
    if args.open:
        password = accounts.open_as_owner(args.open)
        print(f"{args.open}: {password}")
        print("Shown once. It is good for a first sign-in, which asks for another.")
    elif args.sign_in:
        if args.sign_in == "password" and not _administrators(services):
            print("workstation accounts: open an administrator's account first (--open PERSON)")
            return FAILED
        accounts.set_mode(args.sign_in)
        print(f"sign-in: {args.sign_in}")
    elif args.set:
        return _set(services, *args.set)
    else:
        _show(services)
    return DONE


def _administrators(services: Services) -> list[str]:
    staff = set(services.handbook.staff_posts)
    return [
        info.person
        for info in services.accounts.listing()
        if info.account == "active" and staff & set(info.posts)
    ]


def _set(services: Services, name: str, value: str) -> int:
    try:
        services.accounts.set_figure(name, int(value))
    except KeyError:
        print(f"workstation accounts: there is no figure {name}")
    except ValueError as error:
        print(f"workstation accounts: {name} must be a whole number in its bounds {error}")
    else:
        print(f"{name}: {int(value)}")
        return DONE
    return FAILED


def _show(services: Services) -> None:
    policy, now = services.accounts.policy(), services.now()
    print(f"sign-in: {policy.mode}")
    for name in policy.__dataclass_fields__:
        if name != "mode":
            print(f"  {name}: {getattr(policy, name)}")
    counts: dict[str, int] = {}
    for info in services.accounts.listing():
        state = info.state(now)
        counts[state] = counts.get(state, 0) + 1
    print("accounts: " + ", ".join(f"{n} {state}" for state, n in sorted(counts.items())))
