import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { NewsletterFunction } from './constructs/newsletter-function.ts';

const itemActions = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((action) => `dynamodb:${action}`);

/** The one table: readers, consent, issues, digests and the ledger of orders. It outlives the stack. */
export class Table extends Construct {
  readonly #table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const string = (name: string) => ({ name, type: AttributeType.STRING });
    this.#table = new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: [
        {
          indexName: 'open-orders',
          partitionKey: string('openDigest'),
          sortKey: string('openOrder'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Single items and the query of one partition; nobody may scan, and nobody writes in bulk (which has no conditions). */
  giveTo(worker: NewsletterFunction) {
    worker.allow(itemActions, this.#table.tableArn);
    worker.tell('TABLE_NAME', this.#table.tableName);
  }

  /** The index of orders that are not settled, for whoever looks after digests that hang. */
  giveOpenOrdersTo(worker: NewsletterFunction) {
    worker.allow(['dynamodb:Query'], `${this.#table.tableArn}/index/open-orders`);
  }
}
