"""
What a page may change of a chat: it asks something, answers a question of the assistant's, or wants a reply again.

The server owns the history. Of a post it takes the user's own words and answers. All else that stands in it, such as replies and
what tools gave, is what a page believes, which may have been open for a day beside another one.
"""

import json
from typing import Any

from fastapi import HTTPException
from samewire.ui_stream import ChatRequest, TextUIPart, UIMessage

GONE_ON = "This chat has gone on in another tab. Reload the page to see it."


def changed(stored: list[UIMessage], request: ChatRequest) -> list[UIMessage]:
    """
    The messages that a turn starts from.

    Raises:
        HTTPException: the page does not know how far the chat is.

    """
    posted = request.continues
    if posted is not None:
        return [answered(one, posted) if one.id == posted.id else one for one in stored]
    asked = question(request)
    at = next((at for at, one in enumerate(stored) if one.id == asked.id), len(stored))
    if any(one.role == "user" for one in stored[at + 1 :]):
        raise HTTPException(409, GONE_ON)
    return [*stored[:at], asked]


def question(request: ChatRequest) -> UIMessage:
    """The user's last message, as far as it is text."""
    asked = next((one for one in reversed(request.messages) if one.role == "user"), None)
    if asked is None:
        raise HTTPException(422, "There is no question.")
    words = [part for part in asked.parts if isinstance(part, TextUIPart)]
    return UIMessage(id=asked.id, role="user", parts=[*words])


def answered(message: UIMessage, posted: UIMessage) -> UIMessage:
    """The message with the posted answers to those of its questions that are open."""
    answers: dict[str, Any] = {
        part["approval"]["id"]: part["approval"]
        for part in json.loads(posted.to_json())["parts"]
        if part.get("state") == "approval-responded"
    }
    data = json.loads(message.to_json())
    count = 0
    for part in data["parts"]:
        answer = answers.get(part.get("approval", {}).get("id"))
        if part.get("state") == "approval-requested" and answer is not None:
            given = {key: answer[key] for key in ("approved", "reason") if key in answer}
            part |= {"state": "approval-responded", "approval": {**part["approval"], **given}}
            count += 1
    if count == 0:
        raise HTTPException(409, GONE_ON)
    return UIMessage.model_validate(data)


def with_reply(messages: list[UIMessage], reply: UIMessage) -> list[UIMessage]:
    """The reply in the place of the message that it continues, or at the end."""
    if all(one.id != reply.id for one in messages):
        return [*messages, reply]
    return [reply if one.id == reply.id else one for one in messages]
