/**
 * Takes the place of the SDK's `@aws-sdk/credential-provider-node` in the bundles. Lambda hands credentials over in the
 * environment and nowhere else; single sign-on, profiles and instance metadata would be a fifth of each bundle.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('The environment holds no AWS credentials, as it always does in Lambda.');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
