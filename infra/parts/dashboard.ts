import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AlarmStatusWidget, Dashboard as CloudWatchDashboard, GraphWidget, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { NewsletterFunction } from '../constructs/newsletter-function.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import type { Alarms } from './alarms.ts';
import type { NewsletterTable } from './newsletter-table.ts';

type DashboardProps = { alarms: Alarms; api: HttpApi; table: NewsletterTable };

/**
 * One page for a person whom an alarm has woken: the alarms, then what waits, fails and is refused, from readers' requests down to
 * the table. At most 50 metrics: of such dashboards an account has three for nothing.
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export class Dashboard extends Construct {
  /** Where one looks at it. */
  readonly url: string;

  constructor(scope: Construct, id: string, { alarms, api, table }: DashboardProps) {
    super(scope, id);
    const parts = Stack.of(this).node.findAll();
    const functions = parts.filter((part) => part instanceof NewsletterFunction);
    const queues = parts.filter((part) => part instanceof QueueConsumer);
    const { stackName, region } = Stack.of(this);
    // CloudWatch knows a dashboard's name once in an account, whatever the region.
    const dashboardName = `${stackName}-${region}`;
    this.url = `https://console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', { dashboardName, defaultInterval: Duration.days(1) });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.all, width: 24, height: 4 }));
    dashboard.addWidgets(
      graph(
        'Calls that failed',
        functions.map(({ name, lambda }) => lambda.metricErrors({ ...sum, label: name })),
      ),
      graph(
        'Calls that were refused',
        functions.map(({ name, lambda }) => lambda.metricThrottles({ ...sum, label: name })),
      ),
      graph(
        'Seconds that the oldest message waits',
        queues.map(({ worker, queue }) => queue.metricApproximateAgeOfOldestMessage({ ...most, label: worker.name })),
      ),
    );
    dashboard.addWidgets(
      graph(
        'Dead letters',
        queues.map(({ worker, deadLetters }) => deadLetters.metricApproximateNumberOfMessagesVisible({ ...most, label: worker.name })),
      ),
      graph(
        'Mail of the whole account',
        ['Send', 'Delivery', 'Bounce', 'Complaint'].map((name) => ses(name)),
      ),
      graph('Requests', [
        api.metricCount({ ...sum, label: 'all' }),
        api.metricClientError({ ...sum, label: '4xx' }),
        api.metricServerError({ ...sum, label: '5xx' }),
      ]),
    );
    dashboard.addWidgets(
      graph(
        'Milliseconds until a request is answered',
        [50, 95].map((p) => api.metricLatency({ statistic: `p${p}`, label: `${p} %` })),
      ),
      graph(
        'Runs of watch-digests',
        functions.filter(({ name }) => name === 'watch-digests').map(({ lambda }) => lambda.metricInvocations({ ...sum })),
      ),
      graph('Table', table.usage(sum)),
    );
  }
}

const sum = { period: Duration.minutes(5), statistic: 'Sum' };
const most = { period: Duration.minutes(5), statistic: 'Maximum' };
const ses = (metricName: string) => new Metric({ namespace: 'AWS/SES', metricName, label: metricName, ...sum });
const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8 });
