import { generateId } from "ai";
import { useCallback, useEffect, useState } from "react";
import { finishedMessages } from "./backend.ts";
import { Chat } from "./Chat.tsx";
import type { ChatMessage } from "./generated/chat.ts";
import { ThemeButton } from "./ThemeButton.tsx";

type Loaded = { messages: ChatMessage[] } | { failed: string } | null;

/** The chat that the address names, `#id`, with what the backend has of it. */
export function Page() {
  const [chat, setChat] = useState(chatInAddress);
  const [loaded, setLoaded] = useState<Loaded>(null);

  const load = useCallback(() => {
    setLoaded(null);
    finishedMessages(chat).then(
      (messages) => setLoaded({ messages }),
      (error: Error) => setLoaded({ failed: error.message }),
    );
  }, [chat]);
  useEffect(load, [load]);
  useEffect(() => {
    const goTo = () => setChat(chatInAddress());
    window.addEventListener("popstate", goTo); // Back and Forward, and an address that was changed
    return () => window.removeEventListener("popstate", goTo);
  }, []);

  const begin = () => {
    history.pushState(null, "", `#${generateId()}`);
    setChat(chatInAddress());
  };

  return (
    <div className="page">
      <header className="bar">
        <span className="mark" aria-hidden="true" />
        <h1>Slipway</h1>
        <p className="tagline">A release assistant</p>
        <span className="space" />
        <button type="button" className="quiet" onClick={begin}>
          New chat
        </button>
        <ThemeButton />
      </header>
      {loaded === null ? (
        <p className="center" role="status">
          Loading…
        </p>
      ) : "failed" in loaded ? (
        <div className="center" role="alert">
          <p>The chat could not be loaded: {loaded.failed}</p>
          <button type="button" className="primary" onClick={load}>
            Try again
          </button>
        </div>
      ) : (
        <Chat key={chat} id={chat} finished={loaded.messages} />
      )}
    </div>
  );
}

function chatInAddress(): string {
  const named = location.hash.slice(1);
  if (named !== "") return named;
  const made = generateId();
  history.replaceState(null, "", `#${made}`);
  return made;
}
