import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/** Mail servers of made-up firms, by their domains: those of each provider that hosts mailboxes of firms. */
const mailServers: Readonly<Record<string, string>> = {
  'tencent.test': 'mxbiz1.qq.com',
  'netease.test': 'qiye163mx01.mxmail.netease.com',
  'aliyun.test': 'mxn.mxhichina.com',
  'google.test': 'aspmx.l.google.com',
  'microsoft.test': 'microsoft-test.mail.protection.outlook.com',
};

/** Nothing here asks the network: every domain but these has no mail server, and `slow.test` never answers. */
export function standInResolver() {
  dns.promises.resolveMx = async (domain) => {
    if (domain === 'slow.test') return new Promise(() => undefined);
    const exchange = mailServers[domain];
    if (!exchange) throw Object.assign(new Error(`queryMx ENOTFOUND ${domain}`), { code: 'ENOTFOUND' });
    return [{ exchange, priority: 10 }];
  };
  syncBuiltinESMExports();
}
