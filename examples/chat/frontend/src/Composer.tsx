import {
  useEffect,
  useState,
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
} from "react";

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  busy: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
}

export function Composer({ field, busy, onSend, onStop }: Props) {
  const [text, setText] = useState("");
  const ready = text.trim() !== "" && !busy;
  useEffect(() => field.current?.focus({ preventScroll: true }), [field]);

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
        ref={field}
        rows={1}
        value={text}
        placeholder="Ask about a release"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <button
          type="button"
          className="primary stop"
          onClick={onStop}
          aria-keyshortcuts="Escape"
        >
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
