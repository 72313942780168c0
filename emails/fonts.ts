/** Scripts (ISO 15924) with faces of their own; a system has its own for every other, behind those for Latin. */
type Script = 'Hans' | 'Hant' | 'Jpan' | 'Kore' | 'Latn';

const sansOf: Record<Script, string> = {
  Hans: "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',",
  Hant: "'PingFang TC','Microsoft JhengHei','Noto Sans CJK TC','Noto Sans TC',",
  Jpan: "'Hiragino Sans','Yu Gothic',Meiryo,'Noto Sans CJK JP','Noto Sans JP',",
  Kore: "'Apple SD Gothic Neo','Malgun Gothic','Noto Sans CJK KR','Noto Sans KR',",
  Latn: 'Helvetica,Arial,',
};

// Windows has no Song face that is fit for headlines, so its readers get the sans.
const serifOf: Record<Script, string> = {
  Hans: "'Songti SC','Noto Serif CJK SC','Source Han Serif SC',Georgia,'Microsoft YaHei',serif",
  Hant: "'Songti TC','Noto Serif CJK TC','Source Han Serif TC',Georgia,'Microsoft JhengHei',serif",
  Jpan: "'Hiragino Mincho ProN','Noto Serif CJK JP','Yu Mincho',Georgia,serif",
  Kore: "'AppleMyungjo','Noto Serif CJK KR',Batang,Georgia,serif",
  Latn: "Georgia,'Times New Roman',serif",
};

/**
 * Han is not slanted for emphasis but set in another face: Kai where the system has it, else the face of headlines. Windows'
 * names come first, because Outlook looks no further.
 */
const emphasisOf: Record<Script, string> = {
  Hans: `KaiTi,'Kaiti SC',STKaiti,${serifOf.Hans}`,
  Hant: `DFKai-SB,BiauKai,'Kaiti TC',${serifOf.Hant}`,
  Jpan: `'Yu Mincho',${serifOf.Jpan}`,
  Kore: serifOf.Kore,
  Latn: '',
};

const outlookOf: Record<Script, string> = {
  Hans: "'Microsoft YaHei',Arial,sans-serif",
  Hant: "'Microsoft JhengHei',Arial,sans-serif",
  Jpan: "Meiryo,'Yu Gothic',Arial,sans-serif",
  Kore: "'Malgun Gothic',Arial,sans-serif",
  Latn: 'Arial,sans-serif',
};

// Han needs more air between its lines than Latin does.
const lineHeightOf: Record<Script, string> = { Hans: '1.8', Hant: '1.8', Jpan: '1.8', Kore: '1.8', Latn: '1.65' };

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
    lineHeight: lineHeightOf[script],
  };
}

function scriptOf(language: string): Script {
  const { script } = new Intl.Locale(language).maximize();
  return (Object.keys(sansOf) as Script[]).find((known) => known === script) ?? 'Latn';
}
