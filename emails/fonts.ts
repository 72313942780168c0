type Script = 'hans' | 'hant' | 'ja' | 'ko' | 'latin';

const sansOf: Record<Script, string> = {
  hans: "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',",
  hant: "'PingFang TC','Microsoft JhengHei','Noto Sans CJK TC','Noto Sans TC',",
  ja: "'Hiragino Sans','Yu Gothic',Meiryo,'Noto Sans CJK JP','Noto Sans JP',",
  ko: "'Apple SD Gothic Neo','Malgun Gothic','Noto Sans CJK KR','Noto Sans KR',",
  latin: 'Helvetica,Arial,',
};

// Windows has no Song face that is fit for headlines, so its readers get the sans.
const serifOf: Record<Script, string> = {
  hans: "'Songti SC','Noto Serif CJK SC','Source Han Serif SC',Georgia,'Microsoft YaHei',serif",
  hant: "'Songti TC','Noto Serif CJK TC','Source Han Serif TC',Georgia,'Microsoft JhengHei',serif",
  ja: "'Hiragino Mincho ProN','Noto Serif CJK JP','Yu Mincho',Georgia,serif",
  ko: "'AppleMyungjo','Noto Serif CJK KR',Batang,Georgia,serif",
  latin: "Georgia,'Times New Roman',serif",
};

/**
 * Han is not slanted for emphasis but set in another face: Kai where the system has it, else the face of headlines. Windows'
 * names come first, because Outlook looks no further.
 */
const emphasisOf: Record<Script, string> = {
  hans: `KaiTi,'Kaiti SC',STKaiti,${serifOf.hans}`,
  hant: `DFKai-SB,BiauKai,'Kaiti TC',${serifOf.hant}`,
  ja: `'Yu Mincho',${serifOf.ja}`,
  ko: serifOf.ko,
  latin: '',
};

const outlookOf: Record<Script, string> = {
  hans: "'Microsoft YaHei',Arial,sans-serif",
  hant: "'Microsoft JhengHei',Arial,sans-serif",
  ja: "Meiryo,'Yu Gothic',Arial,sans-serif",
  ko: "'Malgun Gothic',Arial,sans-serif",
  latin: 'Arial,sans-serif',
};

/**
 * Font stacks of the reader's own system, so that nothing is fetched. The Outlook stack is for Word's engine, which
 * falls back to Times as soon as it does not know the first name.
 */
export function fontStacks(language: string) {
  const script = scriptOf(language);
  return {
    sans: `-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,${sansOf[script]}sans-serif`,
    serif: serifOf[script],
    mono: "ui-monospace,SFMono-Regular,Menlo,Consolas,'Courier New',monospace",
    outlook: outlookOf[script],
    /** For emphasis where the script is not slanted; empty where it is. */
    emphasis: emphasisOf[script],
    // Han needs more air between its lines than Latin does.
    lineHeight: script === 'latin' ? '1.65' : '1.8',
  };
}

function scriptOf(language: string): Script {
  const { language: primary, script } = new Intl.Locale(language).maximize();
  if (primary === 'zh') return script === 'Hant' ? 'hant' : 'hans';
  return primary === 'ja' || primary === 'ko' ? primary : 'latin';
}
