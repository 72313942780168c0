import type { Block, IssueContent, Item } from '../../functions/issues/issue.ts';

const html = (kind: Block['kind'], markup: string): Block => ({
  kind,
  text: markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim(),
  html: markup,
});
const p = (markup: string) => html('paragraph', `<p>${markup}</p>`);
const image = (name: string, alt: string) => html('image', `<p><img src="https://pictures.example.org/${name}.jpg" alt="${alt}"></p>`);
const item = (number: number | null, title: string | null, ...blocks: Block[]): Item => ({ number, title, url: null, blocks });

export const anIssue = (over: Partial<IssueContent> = {}): IssueContent => ({
  slug: 'an-issue',
  number: null,
  title: '一期',
  date: '2026-11-27',
  language: 'zh-CN',
  summary: '',
  cover: null,
  intro: [],
  sections: [],
  closing: [],
  images: [],
  warnings: [],
  ...over,
});

/** A Chinese weekly in the shape of the seed. */
export const chineseWeekly = anIssue({
  slug: 'cheng-shi-cai-yuan-12',
  number: 12,
  title: '阳台上的第一茬番茄，和楼下的堆肥箱',
  summary: '本周我们去看了三座屋顶菜园，顺便算了一笔雨水账。',
  intro: [
    image('rooftop', '屋顶上的一排木制种植箱'),
    p('入冬前的最后一次采收结束了。这一期，我们去看了三座屋顶菜园，顺便算了一笔雨水账：一个二十平方米的屋顶，一年能省下多少自来水？'),
  ],
  sections: [
    {
      title: '菜园消息',
      blocks: [],
      items: [
        item(
          1,
          '城东三座屋顶菜园开放参观，周末不用预约',
          p('从本周六起，城东的三座屋顶菜园在每个周末的上午开放。参观不收费，但是请穿平底鞋：种植箱之间的步道是防水卷材，尖跟会把它扎破。'),
          image('path', '种植箱之间的步道'),
        ),
        item(
          2,
          '社区堆肥箱一年收下十一吨厨余',
          p(
            '设在六个小区门口的堆肥箱今年一共收下 11.3 吨厨余，比去年多了四成。负责人说，<strong>最难的不是收，而是教大家不要把塑料袋一起扔进来</strong>。',
          ),
        ),
        item(
          3,
          '种子交换会收到 214 份报名',
          p('报名人数是场地能容纳的两倍，主办方改为<a href="https://example.org/seeds?from=weekly&amp;lang=zh">分上下午两场</a>。'),
        ),
      ],
    },
    {
      title: '动手',
      blocks: [p('这一节每期只讲一件小事，半小时之内能做完。')],
      items: [
        item(
          1,
          '给番茄打顶：什么时候，打哪里',
          html('list', '<ol><li>数到第五穗花，在它上面留两片叶子；</li><li>用干净的剪刀剪断主茎；</li><li>当天不要浇水。</li></ol>'),
          html('quote', '<blockquote><p>打顶不是惩罚植物，是替它做一个它自己不愿意做的决定。</p></blockquote>'),
        ),
        item(
          2,
          '雨水账',
          html(
            'table',
            '<table><thead><tr><th>月份</th><th align="right">降水（毫米）</th><th align="right">可收集（升）</th></tr></thead><tbody><tr><td>六月</td><td align="right">74</td><td align="right">1184</td></tr><tr><td>七月</td><td align="right">186</td><td align="right">2976</td></tr><tr><td>八月</td><td align="right">142</td><td align="right">2272</td></tr></tbody></table>',
          ),
          p('按径流系数 0.8 计算。三个月就能装满六个一吨桶，够一个阳台菜园用一整年。'),
        ),
      ],
    },
  ],
  closing: [p('下一期我们去看一家用咖啡渣种平菇的店。想让我们去看你的阳台？直接回复这封信。')],
});

/** An English weekly with code, a table, a list of links and things that try to break out of their place. */
export const englishTechWeekly = anIssue({
  slug: 'quiet-terminal-41',
  number: 41,
  title: 'Small tools that outlive their authors',
  language: 'en',
  date: '2026-11-26',
  summary: 'Three programs older than most of their users, a table of what they cost, and one line of shell.',
  intro: [
    p(
      'Some programs are finished. Nobody adds to them, nobody has to, and every morning they do their work. This week we look at <em>three of them</em> and at what their authors left out.',
    ),
  ],
  sections: [
    {
      title: 'Worth reading',
      blocks: [],
      items: [
        {
          number: null,
          title: 'A pager is a promise',
          url: 'https://example.org/pager',
          blocks: [p('Why the key that quits has never moved, and what happened the one time it did.')],
        },
        {
          number: null,
          title: 'Twenty years of one makefile',
          url: 'https://example.org/make?a=1&b=2',
          blocks: [p('Read the <code>.PHONY</code> section twice. Templates such as <code>{{unsubscribeUrl}}</code> stay as they are.')],
        },
      ],
    },
    {
      title: 'One line of shell',
      blocks: [],
      items: [
        item(
          null,
          'Count what you really use',
          html(
            'code',
            '<pre><code>history | awk \'{ print $2 }\' \\\n  | sort | uniq -c \\\n  | sort -rn | head    # the ten you could not live without\nif (a &lt; b &amp;&amp; c) { return "$&amp; $1"; }</code></pre>',
          ),
          p('Run it on a Friday. It is a kind of diary.'),
          html(
            'list',
            '<ul><li>The first line counts <strong>commands</strong>, not arguments.</li><li>Aliases count as themselves:<ul><li>so unalias them first,</li><li>or be surprised.</li></ul></li></ul>',
          ),
        ),
      ],
    },
    {
      title: 'In numbers',
      blocks: [
        html(
          'table',
          '<table><tr><th>Program</th><th>First release</th><th>Lines</th></tr><tr><td>less</td><td>1984</td><td>31,204</td></tr><tr><td>make</td><td>1976</td><td>35,911</td></tr><tr><td>sort</td><td>1971</td><td>4,802</td></tr></table>',
        ),
        html('quote', '<blockquote><p>A tool is done when the next feature would be for somebody else.</p></blockquote>'),
      ],
      items: [],
    },
  ],
  closing: [p('Know a program that has not changed since you met it? <a href="mailto:editors@example.org">Write to us</a>.')],
});

export const shortNote = anIssue({
  slug: 'bu-fa',
  title: '本周休刊一期',
  intro: [p('编辑部搬家，本周休刊一期。下周五照常和大家见面。感谢理解！')],
});

const sentence = '这一条很长，写的是一件本来三句话就能说清、却偏偏要说上一整页的事情，好让我们看看信太大的时候会怎样。';

/** Sixty items, far more than a mail program shows. */
export const monster = anIssue({
  slug: 'monster',
  number: 60,
  title: '六十条',
  intro: [p('全年总结。')],
  sections: Array.from({ length: 6 }, (_, s) => ({
    title: `第 ${s + 1} 部分`,
    blocks: [],
    items: Array.from({ length: 10 }, (_, n) => item(n + 1, `第 ${s * 10 + n + 1} 件事`, p(sentence.repeat(8 + n)), p(sentence.repeat(5)))),
  })),
});
