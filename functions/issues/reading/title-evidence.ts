import { datesIn } from '../details/dates/find-dates.ts';
import { issueNumber } from '../details/issue-number.ts';
import { lettersOf } from '../details/issue-slug.ts';
import { namesNewsletter } from '../details/newsletter-nouns.ts';
import { plainText } from '../details/plain-text.ts';

/** What a file and the settings say beside the text. */
export type TitleContext = {
  /** The file's name as a title. */
  fileTitle: string | undefined;
  /** What the newsletter is called. */
  newsletter: string | undefined;
};

/**
 * Whether words look like the title of an issue and not like one of its sections: a number that counts issues, a date, a newsletter's
 * name, or what the file is called.
 */
export function looksLikeTitle(text: string, { fileTitle, newsletter }: TitleContext): boolean {
  if (isNeverTitle(text)) return false;
  if (numberIn(text, newsletter) !== null || datesIn(plainText(text, 300)).length > 0) return true;
  const letters = lettersOf(text);
  const called = lettersOf(fileTitle ?? '');
  if (called.length >= 6 && (letters.startsWith(called) || called.startsWith(letters.slice(0, Math.max(6, letters.length))))) return true;
  const name = lettersOf(newsletter ?? '');
  if (name.length > 2 && letters.includes(name)) return true;
  // "NLP Newsletter: …" names itself in front of the colon.
  return namesNewsletter(text.split(/[:：|｜]/, 1)[0] ?? '', newsletter) && letters.length > 6;
}

/** Whether words tell which issue something is: by a number that counts issues, or by a day. */
export const tellsIssue = (text: string, { newsletter }: Pick<TitleContext, 'newsletter'>): boolean =>
  numberIn(text, newsletter) !== null || namesDay(text);

export const namesDay = (text: string): boolean => datesIn(plainText(text, 300)).some(({ part }) => !part);

const numberIn = (title: string, newsletter: string | undefined) =>
  issueNumber({ metadata: new Map(), title, fileName: undefined, newsletter });

/** What sections, lists of contents and advertisements are called in many newsletters. */
const sectionNames = new Set(
  `contents,tableofcontents,toc,inthisissue,inthisedition,ontheinside,index,summary,tldr,overview,introduction,intro,foreword,preface,editorial,editorsnote,
  fromtheeditor,featured,feature,features,highlights,highlight,news,headlines,topstories,top,articles,article,links,quicklinks,reading,tutorials,videos,tools,
  libraries,projects,releases,jobs,events,community,resources,sponsor,sponsors,sponsored,sponsoredby,advertisement,ad,ads,partner,misc,other,inbrief,
  publications,announcements,updates,upcoming,quotes,quote,whatsnew,thisweek,subscribe,
  目录,文章目录,本期目录,本文目录,目錄,文章目錄,导读,本期导读,本期概要,本期内容,内容,概要,摘要,前言,序言,序,引言,卷首语,刊首语,编者按,编者的话,写在前面,头条,要闻,新闻,资讯,
  动态,文章,好文,工具,资源,项目,开源,教程,视频,言论,图片,活动,招聘,广告,赞助,推荐,推荐阅读,封面,封面图,其他,其它,最后,结语,往期回顾,
  目次,はじめに,ニュース,記事,イベント,ツール,広告,その他,목차,소식,뉴스,행사,도구,광고,
  inhalt,inhaltsverzeichnis,einleitung,sommaire,introduccion,indice,contenido,indholdsfortegnelse`
    .split(',')
    .map((name) => name.trim()),
);

/** Whether a heading is a section's by its words alone. */
export const isNeverTitle = (text: string): boolean => sectionNames.has(lettersOf(text));
