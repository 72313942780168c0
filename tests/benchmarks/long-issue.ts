/** Bytes of an item with its links and its share of pictures: two links each, three pictures to ten items. */
const itemBytes = 612;

/**
 * An issue as long as a weekly of links gets, in our own words: sections of twenty numbered items. At 120 KB it has 400
 * links and 60 pictures, and any other size in proportion.
 */
export function longIssue(bytes: number): string {
  const head = '---\ntitle: "海港周报（第 88 期）：四百条线索"\nnumber: 88\ndate: 2026-11-20\n---\n';
  const items = Array.from({ length: Math.floor((bytes - head.length) / itemBytes) }, (_, n) => itemOf(n));
  return head + items.join('');
}

function itemOf(n: number): string {
  const section = n % 20 === 0 ? `## 第 ${n / 20 + 1} 组\n\n` : '';
  const picture = n % 10 < 3 ? `![码头的第 ${n} 张照片](https://images.example.org/harbour/${n}.jpg)\n\n` : '';
  const links = [1, 2].map((m) => `[渡口的第 ${n * 2 + m} 条消息](https://harbour.example.org/news/${n}/${m}?from=weekly)`);
  const text = `${section}### ${(n % 20) + 1}. 码头上的第 ${n} 件事\n\n${picture}${links.join('，')}。\n\n**清晨的雾散得很慢**，`;
  const left = itemBytes - Buffer.byteLength(text) - 2;
  return `${text}${words.slice(0, Math.floor(left / 3))}${'.'.repeat(left % 3)}\n\n`;
}

const words = '渡轮在对岸鸣笛三声，卖鱼的人把秤擦亮，学徒把绳子一圈圈盘好，等第一批客人上岸。'.repeat(10);
