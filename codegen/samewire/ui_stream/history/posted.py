"""
What a page may change of a conversation: it asks something, answers a question of the assistant's, or wants a reply again.

The server owns the history. Of a post it takes the user's own words, files and answers. All else that stands in it, such as replies
and what tools gave, is what a page believes, which may have been open for a day beside another one, or what somebody made up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from samewire.ui_stream.messages import ChatRequest, UIMessage
from samewire.ui_stream.parts import DataUIPart, FileUIPart, TextUIPart, UIPart
from samewire.ui_stream.reading import ChatRequestError

GONE_ON: Final = "This chat has gone on in another tab. Reload the page to see it."

Json = dict[str, Any]

_CONFLICT, _TOO_LARGE, _INVALID = 409, 413, 422


class PostError(ChatRequestError):
    """A post that the server does not take. The text is a sentence for the user; ``status`` is the HTTP status to answer with."""

    def __init__(self, sentence: str, *, status: int = _INVALID) -> None:
        super().__init__(sentence, status=status)
        self.args = (sentence,)


@dataclass(frozen=True, slots=True)
class PostRules:
    """
    What a user's message may have: characters of text, files of these media types (``*`` as in a shell) and URL schemes, of at most
    so many characters each (a data URL has 4 for 3 bytes), and data parts of these types (``data-location``).

    ``client_tools`` are the tools that run in the page, whose outputs it may give.
    """

    max_text: int = 100_000
    max_files: int = 10
    max_url: int = 14 * 1024 * 1024
    media_types: Collection[str] = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/*")  # fmt: skip
    schemes: Collection[str] = ("data", "https")
    data: Collection[str] = ()
    client_tools: Collection[str] = ()


def accept(
    stored: Sequence[UIMessage], request: ChatRequest, rules: PostRules | None = None
) -> list[UIMessage]:
    """
    The messages that a turn starts from: those that are stored, with what the post may change.

    * A new message of the user's, at the end; or, edited, in the place of the one of its id, without what came after.
    * To generate a reply again: the messages up to its question, the last one.
    * After an approval, or the output of a tool of the page's: the answers to what is open in the stored message.

    Raises:
        PostError: the page does not know how far the chat is (409); or the message is not within the rules (422, 413).

    """
    rules = rules or PostRules()
    again = request.trigger == "regenerate-message"
    posted = None if again else request.continues
    if posted is not None:
        if all(one.id != posted.id for one in stored):
            raise PostError(GONE_ON, status=_CONFLICT)
        return [_answered(one, posted, rules) if one.id == posted.id else one for one in stored]
    asked = _question(request, rules)
    at = next((at for at, one in enumerate(stored) if one.id == asked.id), len(stored))
    rest = stored[at + 1 :] if again or request.message_id != asked.id else ()
    if any(one.role == "user" for one in rest) or (at < len(stored) and stored[at].role != "user"):
        raise PostError(GONE_ON, status=_CONFLICT)
    return [*stored[:at], stored[at] if again and at < len(stored) else asked]


def with_reply(messages: Iterable[UIMessage], reply: UIMessage) -> list[UIMessage]:
    """``messages`` with a reply: in the place of the message that it continues, or at the end."""
    found = [*messages]
    if all(one.id != reply.id for one in found):
        return [*found, reply]
    return [reply if one.id == reply.id else one for one in found]


# --- A question -------------------------------------------------------------------------------------------------------


def _question(request: ChatRequest, rules: PostRules) -> UIMessage:
    """The user's last message, as far as the rules go. Its metadata is the page's and is left out."""
    asked = next((one for one in reversed(request.messages) if one.role == "user"), None)
    if asked is None:
        raise PostError("There is no question.")
    parts = [part for part in asked.parts if _is_the_users(part, rules)]
    if not parts:
        raise PostError("There is no question.")
    size = sum(len(part.text) for part in parts if isinstance(part, TextUIPart))
    if size > rules.max_text:
        raise PostError(
            f"The message has more than {rules.max_text} characters.", status=_TOO_LARGE
        )
    files = [part for part in parts if isinstance(part, FileUIPart)]
    if len(files) > rules.max_files:
        raise PostError(f"The message has more than {rules.max_files} files.", status=_TOO_LARGE)
    for file in files:
        _check_file(file, rules)
    return UIMessage(id=asked.id, role="user", parts=[_bare(part) for part in parts])


def _is_the_users(part: UIPart, rules: PostRules) -> bool:
    if isinstance(part, DataUIPart):
        return part.type in rules.data
    return isinstance(part, FileUIPart) or (
        isinstance(part, TextUIPart) and part.text.strip() != ""
    )


def _bare(part: Any) -> Any:
    """The part without what is the server's to say: metadata of a provider, and keys that the contract does not know."""
    kept = {"text", "url", "media_type", "filename", "id", "data"} & {*type(part).model_fields}
    fields = {name: getattr(part, name) for name in kept}
    return type(part)(type=part.type, **fields)


def _check_file(file: FileUIPart, rules: PostRules) -> None:
    name = file.filename or "without a name"
    kind = file.media_type.partition(";")[0].strip().lower()
    scheme = file.url.partition(":")[0].lower()
    if not any(fnmatchcase(kind, pattern) for pattern in rules.media_types):
        raise PostError(f"The file {name} is of a type that is not taken: {kind}.")
    if scheme not in rules.schemes:
        raise PostError(f"The file {name} has an address that is not taken.")
    if scheme == "data" and file.url[5:].partition(",")[0].partition(";")[0].lower() != kind:
        raise PostError(f"The file {name} is not of the type that it says.")
    if len(file.url) > rules.max_url:
        raise PostError(f"The file {name} is too large.", status=_TOO_LARGE)


# --- Answers ----------------------------------------------------------------------------------------------------------


def _answered(message: UIMessage, posted: UIMessage, rules: PostRules) -> UIMessage:
    """The message with the posted answers to those of its questions that are open."""
    answers = {part["toolCallId"]: part for part in _calls(posted)}
    data: Json = json.loads(message.to_json())
    changed = 0
    for at, part in enumerate(data["parts"]):
        answer = answers.get(part.get("toolCallId"))
        if answer is not None and (changes := _answer(part, answer, rules)) is not None:
            data["parts"][at] = {**part, **changes}
            changed += 1
    if changed == 0:
        raise PostError(GONE_ON, status=_CONFLICT)
    return type(message).model_validate(data)


def _calls(message: UIMessage) -> list[Json]:
    parts: list[Json] = json.loads(message.to_json())["parts"]
    return [part for part in parts if isinstance(part.get("toolCallId"), str)]


def _answer(asked: Json, answer: Json, rules: PostRules) -> Json | None:
    """What changes of a call that waits: an approval, of the same id; or an output of a tool that runs in the page."""
    state = answer.get("state")
    if asked["state"] == "approval-requested" and state == "approval-responded":
        approval = answer["approval"]
        if approval.get("id") != asked["approval"]["id"]:
            return None
        given = {key: approval[key] for key in ("approved", "reason") if key in approval}
        return {"state": state, "approval": {**asked["approval"], **given}}
    if asked["state"] == "input-available" and _tool_name(asked) in rules.client_tools:
        if state == "output-available" and not answer.get("preliminary"):
            return {"state": state, "output": answer["output"]}
        if state == "output-error":
            return {"state": state, "errorText": answer["errorText"]}
    return None


def _tool_name(part: Json) -> str:
    name: str = part["toolName"] if part["type"] == "dynamic-tool" else part["type"][5:]
    return name
