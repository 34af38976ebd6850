"""The script."""

from backend.contract import Change

WELCOME = (
    "I look after the releases of the checkout service. Ask what changed since 2.3.0, let me deploy 2.4.0, "
    "or have me walk you through the rollout."
)

THOUGHT_ABOUT_CHANGES = (
    "The user wants to know what is new. Production runs 2.3.0 and 2.4.0 is built, so I need the changes between the two, "
    "with an eye on whatever touches payments."
)
CHANGES = [
    Change(id="#482", title="Retry card payments once on a timeout", author="Ines", risk="high"),
    Change(id="#479", title="Show prices in the buyer's currency", author="Tomasz", risk="medium"),
    Change(id="#477", title="Remove the legacy coupon endpoint", author="Ada", risk="medium"),
    Change(id="#471", title="Load the receipt page 300 ms sooner", author="Ines", risk="low"),
]
ABOUT_CHANGES = (
    "Four changes are waiting in 2.4.0. The one to look at is #482: it retries a card payment after a timeout, so watch for "
    "double charges during the first hour. The other three are routine."
)

BEFORE_DEPLOYMENT = (
    "2.4.0 passed staging this morning. This goes to production, so I need your go-ahead."
)
DEPLOYMENT = (
    (5, "Building the image"),
    (30, "Canary: 1 of 6 instances"),
    (65, "Rolling out: 4 of 6 instances"),
    (100, "All 6 instances are healthy"),
)
DEPLOYED = "Done. Checkout 2.4.0 serves all traffic, and error rates are where they were before."
DENIED = "All right, nothing was deployed. 2.3.0 stays in production."

ROLLOUT = (
    "A rollout takes five steps.\n\n"
    "First the image is built from the tag and scanned; nothing that has a known critical vulnerability gets any further. "
    "Then one instance of six takes the new version, and for ten minutes its error rate and its latency are held against "
    "the other five.\n\n"
    "If they agree, three more instances follow, one at a time, each with two minutes in between so that caches can warm "
    "up. At this point most buyers already see the new version, which is why payments are reconciled here and not at the "
    "end.\n\n"
    "Then come the last two, and the old image is kept for a day. A rollback within that day takes forty seconds, since "
    "nothing has to be built again.\n\n"
    "At the very end the release is written to the log with who approved it, and that is where I read it from when you "
    "ask me what has changed."
)

BEFORE_SILENCE = "Let me look at the canary. That takes a moment."
AFTER_SILENCE = "Still healthy: 0.02% errors, 180 ms at the 95th percentile."

BEFORE_FAILURE = "Let me check the error budget for this week. So far we have used"
OVERLOADED = "The model is overloaded. Try again in a moment."
