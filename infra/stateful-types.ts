/**
 * Types of resources whose loss nobody can repair: readers and consent, the keys of readers and links, pictures of old mails,
 * the people of the desk, and the domain that links begin with.
 */
export const statefulTypes = [
  'AWS::CloudFront::Distribution',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];
