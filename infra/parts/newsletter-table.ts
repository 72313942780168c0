import { RemovalPolicy } from 'aws-cdk-lib';
import type { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Billing, type ITableV2, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';

const itemActions = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`);

/** The one table: readers, consent, issues, digests and the ledger of batches. It outlives the stack. */
export class NewsletterTable extends Construct {
  readonly #table: TableV2 | ITableV2;

  /** `existing`: the name of a table that was restored, and is used in place of the stack's own. */
  constructor(scope: Construct, id: string, existing?: string) {
    super(scope, id);
    this.#table = existing ? TableV2.fromTableName(this, 'Table', existing) : this.#own();
  }

  #own() {
    const string = (name: string) => ({ name, type: AttributeType.STRING });
    return new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: [
        {
          indexName: 'open-batches',
          partitionKey: string('openDigest'),
          sortKey: string('openBatch'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Not RETAIN_ON_UPDATE_OR_DELETE: a first deployment that fails could not delete a protected table, and would hang.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  get name(): string {
    return this.#table.tableName;
  }

  /** What is read and written, and what the table refused. */
  usage(over: Pick<MetricOptions, 'period' | 'statistic'>): IMetric[] {
    return [
      this.#table.metricConsumedReadCapacityUnits({ ...over, label: 'units read' }),
      this.#table.metricConsumedWriteCapacityUnits({ ...over, label: 'units written' }),
      this.#table.metric('ReadThrottleEvents', { ...over, label: 'reads refused' }),
      this.#table.metric('WriteThrottleEvents', { ...over, label: 'writes refused' }),
    ];
  }

  /** Single items and the query of one partition; nobody may scan, and nobody writes in bulk (which has no conditions). */
  giveTo(worker: NewsletterFunction) {
    worker.allow(itemActions, this.#table.tableArn);
    worker.tell('TABLE_NAME', this.#table.tableName);
  }

  /** The index of batches that are not settled, for the functions that finish digests. */
  giveOpenBatchesTo(worker: NewsletterFunction) {
    worker.allow(['dynamodb:Query'], `${this.#table.tableArn}/index/open-batches`);
  }
}
