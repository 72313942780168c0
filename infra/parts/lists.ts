import { type CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';

/** What may be among the lists: files that editors bring, files that are made of the readers, and the nightly copy of who has gone. */
type Folder = 'imports' | 'exports' | 'departures';

/**
 * The bucket for imported and exported lists of readers, which are deleted after a week, and for the nightly copy of who has gone, which is
 * kept for as long as AWS keeps the last backup of a table that was deleted.
 */
export class Lists extends Construct {
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        { prefix: 'imports/', expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: 'exports/', expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: 'departures/', expiration: Duration.days(40) },
      ],
    });
    this.#bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Validations.of(this.#bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Holds lists for a week, and sealed copies of who has gone; the table says who asked for which export and import when, and links to them are good for five minutes.',
    });
  }

  /** The editors’ page sends lists straight to the bucket. */
  acceptUploadsFrom(origin: string) {
    this.#bucket.addCorsRule({ allowedMethods: [HttpMethods.POST], allowedOrigins: [origin], allowedHeaders: ['*'], maxAge: 3600 });
  }

  giveTo(worker: NewsletterFunction, folder: Folder, ...actions: ('s3:GetObject' | 's3:PutObject')[]) {
    worker.allow(actions, this.#bucket.arnForObjects(`${folder}/*`));
    worker.tell('LISTS_BUCKET', this.#bucket.bucketName);
    Validations.of(worker.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(this.#bucket.node.defaultChild as CfnResource)}.Arn>/${folder}/*]`,
      reason: 'A list is named by the id of its import or export: one folder of one bucket is as narrow as it gets.',
    });
  }

  /** Without it, S3 would answer 403 and not 404 for an object that does not exist. */
  showMissingTo(worker: NewsletterFunction) {
    worker.allow(['s3:ListBucket'], this.#bucket.bucketArn);
  }
}
