import { useState, type FormEvent, type KeyboardEvent } from "react";

interface Props {
  busy: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
}

export function Composer({ busy, onSend, onStop }: Props) {
  const [text, setText] = useState("");
  const ready = text.trim() !== "" && !busy;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    onSend(text.trim());
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const plain = event.key === "Enter" && !event.shiftKey;
    if (plain && !event.nativeEvent.isComposing) send(event);
  };

  return (
    <form className="composer" onSubmit={send}>
      <label htmlFor="message" className="unseen">
        Message
      </label>
      <textarea
        id="message"
        rows={1}
        value={text}
        placeholder="Ask about a release"
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <button type="button" className="primary stop" onClick={onStop}>
          Stop
        </button>
      ) : (
        <button type="submit" className="primary" disabled={!ready}>
          Send
        </button>
      )}
    </form>
  );
}
