import { type CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';

const closed = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
};

/**
 * The data of issues outside the table: their images, and for some days the files that editors upload. Old mails link to the
 * images, so that bucket outlives the stack.
 */
export class Issues extends Construct {
  readonly images: Bucket | IBucket;
  readonly #uploads: Bucket;

  /** `existing`: the bucket of an earlier stack, whose pictures old mails show. */
  constructor(scope: Construct, id: string, existing?: string) {
    super(scope, id);
    this.images = existing ? Bucket.fromBucketName(this, 'Images', existing) : this.#ownImages();
    Validations.of(this.images).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Holds only images that are published anyway, readable through CloudFront alone; a server access log would record the network addresses of readers.',
    });
    this.#uploads = new Bucket(this, 'Uploads', {
      ...closed,
      lifecycleRules: [
        { prefix: 'uploads/', expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        // Longer than any message about them may wait among dead letters.
        { prefix: 'originals/', expiration: Duration.days(15) },
      ],
    });
    this.#uploads.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Validations.of(this.#uploads).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds what editors uploaded for a day, until it is an issue; the API’s access log says who asked for which upload and when.',
    });
  }

  /** Nothing in it is ever changed. What somebody deletes by mistake can be brought back for three months. */
  #ownImages() {
    return new Bucket(this, 'Images', {
      ...closed,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
    });
  }

  /** The editors’ page sends large files straight to the bucket. */
  acceptUploadsFrom(origin: string) {
    this.#uploads.addCorsRule({ allowedMethods: [HttpMethods.POST], allowedOrigins: [origin], allowedHeaders: ['*'], maxAge: 3600 });
  }

  /** For the function that copies images: it writes each once and reads uploads. Nobody may delete. */
  giveImagesTo(worker: NewsletterFunction) {
    worker.allow(['s3:PutObject'], this.images.arnForObjects('images/*'));
    worker.allow(['s3:GetObject'], this.#uploads.arnForObjects('originals/*'));
    // Without it, S3 would answer 403 and not 404 for an object that does not exist.
    worker.allow(['s3:ListBucket'], this.#uploads.bucketArn);
    worker.tell('IMAGES_BUCKET', this.images.bucketName);
    worker.tell('UPLOADS_BUCKET', this.#uploads.bucketName);
    Validations.of(worker.role).acknowledge(objectsOf(this.images, 'images/*'), objectsOf(this.#uploads, 'originals/*'));
  }

  /** Presigning hands on no more than the right to put what the presigner itself may put. */
  giveUploadsTo(worker: NewsletterFunction) {
    worker.allow(['s3:PutObject'], this.#uploads.arnForObjects('uploads/*'), this.#uploads.arnForObjects('originals/*'));
    worker.allow(['s3:GetObject'], this.#uploads.arnForObjects('uploads/*'));
    Validations.of(worker.role).acknowledge(objectsOf(this.#uploads, 'uploads/*'));
  }
}

/** An object's name is the hash of its bytes or an upload's own id, so no list of names could be written down. */
const objectsOf = (bucket: Bucket | IBucket, pattern: string) => ({
  id: `AwsSolutions-IAM5[Resource::${arnInRules(bucket)}/${pattern}]`,
  reason: 'Objects are named by the hash of what is in them or by the id of an upload: one folder of one bucket is as narrow as it gets.',
});

/** As cdk-nag names a bucket: by its logical id, and one that is not of this stack by its ARN. */
const arnInRules = (bucket: Bucket | IBucket) => {
  const own = bucket.node.defaultChild as CfnResource | undefined;
  return own ? `<${Stack.of(bucket).getLogicalId(own)}.Arn>` : `arn:<AWS::Partition>:s3:::${bucket.bucketName}`;
};
