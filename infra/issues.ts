import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** What issues keep outside the table: their images. Old mails point at them, so the bucket outlives the stack. */
export class Issues extends Construct {
  readonly images: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.images = new Bucket(this, 'Images', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.images).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Holds only images that are published anyway, readable through CloudFront alone; a server access log would record the network addresses of readers.',
    });
  }
}
