import type { Finding } from '../finding.ts';
import type { FlowBlock } from './flow-block.ts';

/** What mail services put above a mail, and below it. Only whole blocks, near the ends, that say little else. */
const above =
  /^\W*(?:(?:view|read|open|see)\s(?:(?:this|the|it)\s?)?(?:(?:e-?mail|newsletter|message|post|issue)\s)?(?:in|on|with)\s(?:your\s|the\s|a\s)?(?:web\s?browser|browser|web|website|app)|(?:trouble|problems?) (?:viewing|reading)|email not displaying|web(?:site)? version|view online|forward(?:ed)? this|在浏览器(?:中)?(?:查看|阅读|打开)|在瀏覽器|网页版|網頁版|无法正常显示|無法正常顯示)/i;
const below =
  /\bunsubscribe (?:here|from|at any|now|instantly|me)|(?:to|can|or|click|here) unsubscribe\b|^\W*unsubscribe\W*$|opt[ -]out of|(?:update|manage|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?|settings)|you(?:’|'| a)?re receiving this|you (?:are receiving|received) this (?:e-?mail|message|newsletter)|why did i get this|add us to your address book|no longer (?:wish|want) to receive|取消订阅|退订|取消訂閱|退訂|不想(?:继续|再)?收到|您收到(?:此|这封)邮件/i;
const longestFrame = 400;
const nearStart = 4;
const nearEnd = 10;

/** The blocks without what another service says about its own mail, such as how to leave its list; each is named. */
export function withoutFrame(blocks: readonly FlowBlock[]): { blocks: FlowBlock[]; warnings: Finding[] } {
  const isFrame = ({ kind, text }: FlowBlock, n: number) => {
    if ((kind !== 'paragraph' && kind !== 'list') || text.length > longestFrame) return false;
    return (n < nearStart && above.test(text)) || (n >= blocks.length - nearEnd && below.test(text));
  };
  const frame = new Set(blocks.filter(isFrame));
  // A text of nothing else is about leaving lists.
  if (frame.size === 0 || frame.size * 2 > blocks.length) return { blocks: [...blocks], warnings: [] };
  return {
    blocks: blocks.filter((block) => !frame.has(block)),
    warnings: [...frame].map(({ text, line }) => ({
      code: 'frame_left_out',
      values: { words: text.replace(/\s+/g, ' ').slice(0, 60).toWellFormed() },
      line,
    })),
  };
}
