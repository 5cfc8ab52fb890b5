"""How often something may be asked: counted in the cache, under names that give nobody away."""

from django.core.cache import caches
from django.utils.crypto import salted_hmac


def allows(what: str, who: str, count: int, seconds: int) -> bool:
    """Count this time, and say whether it is among the first `count` of so many seconds."""
    cache, key = caches["news"], _key(what, who)
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= count
    except ValueError:
        # It ended in between.
        return cache.add(key, 1, seconds)


def forget(what: str, who: str) -> None:
    caches["news"].delete(_key(what, who))


def _key(what: str, who: str) -> str:
    return f"{what}:{salted_hmac('analysis.limits', who, algorithm='sha256').hexdigest()}"
