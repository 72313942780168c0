/** Common characters that the one script writes and the other does not, each with its counterpart in the other. */
const simplified =
  '这们来时会说对国学过还开点种电话见长样现经动发实体书车门问间关头业务万专东两严为丽举义乐习乡买产亲从优传华协单卖卫历参双变处备复够头奖妇孙宁宝审宽导层岁师带帮广库应庆废张弹强归录总惊战户执扩护报担拟择挂损换据摄数断无旧显术机权条极构标栏树检楼样残毕气汉汇沟没济测浅润满灭灯灵热爱状独环疗监盖盘着码确礼离积称稳竞笔简类粮红级纪纯纳组细终结给络统继绩续维网罗联职脑节药获营虑虽补装规视觉计订认讨让训议记讲许论设访证评识诉试诗诚该详语误请读课谁调谈谢负财责败货质购费赛赢赶趋跃转轮软轻输边达迁运远连进迟适选递邮邻针钟钱铁银错键镜闭闻阅队阳阴阶际陆险随难雾静页项顺须顾预领题颜风飞饭馆马驱验骑鱼鲜鸟鸡黄齐龙';
const traditional =
  '這們來時會說對國學過還開點種電話見長樣現經動發實體書車門問間關頭業務萬專東兩嚴為麗舉義樂習鄉買產親從優傳華協單賣衛歷參雙變處備復夠獎婦孫寧寶審寬導層歲師帶幫廣庫應慶廢張彈強歸錄總驚戰戶執擴護報擔擬擇掛損換據攝數斷無舊顯術機權條極構標欄樹檢樓殘畢氣漢匯溝沒濟測淺潤滿滅燈靈熱愛狀獨環療監蓋盤碼確禮離積稱穩競筆簡類糧紅級紀純納組細終結給絡統繼績續維網羅聯職腦節藥獲營慮雖補裝規視覺計訂認討讓訓議記講許論設訪證評識訴試詩誠該詳語誤請讀課誰調談謝負財責敗貨質購費賽贏趕趨躍轉輪軟輕輸邊達遷運遠連進遲適選遞郵鄰針鐘錢鐵銀錯鍵鏡閉聞閱隊陽陰階際陸險隨難霧靜頁項順須顧預領題顏風飛飯館馬驅驗騎魚鮮鳥雞黃齊龍';

const onlyIn = (own: string, other: string) =>
  new RegExp(`[${[...new Set(own)].filter((character) => !other.includes(character)).join('')}]`, 'gu');
const patterns = { simplified: onlyIn(simplified, traditional), traditional: onlyIn(traditional, simplified) };

/** In which script Chinese is written; undefined where none of the characters tells. */
export function hanScript(text: string): 'simplified' | 'traditional' | undefined {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const [simple, full] = [count(patterns.simplified), count(patterns.traditional)];
  return simple === full ? undefined : simple > full ? 'simplified' : 'traditional';
}
