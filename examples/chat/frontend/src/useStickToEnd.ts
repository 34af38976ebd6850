import { useEffect, useRef, type RefObject } from "react";

const NEAR = 160;

/** Keeps the end of a chat in view while it grows, unless the reader has scrolled away from it. */
export function useStickToEnd(
  isChat: boolean,
  ...grows: readonly unknown[]
): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  useEffect(() => {
    const look = () => {
      const { scrollHeight } = document.documentElement;
      near.current = scrollHeight - window.innerHeight - window.scrollY < NEAR;
    };
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  useEffect(() => {
    if (isChat && near.current) end.current?.scrollIntoView({ block: "end" });
  }, [isChat, ...grows]);
  return end;
}
