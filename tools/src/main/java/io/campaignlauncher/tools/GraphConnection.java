package io.campaignlauncher.tools;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.sendonce.BaseUrl;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.facebook.StoredTokens;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command reaches Facebook, and whose token reads there. */
final class GraphConnection {

    private static final String BASE_URL = "GRAPH_BASE_URL";
    private static final String ALLOW_HTTP = "GRAPH_ALLOW_HTTP";
    private static final String FACEBOOK = "https://graph.facebook.com";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Token token = new Token();

    /** Whose token reads. A token itself is never on the command line, where other processes see it. */
    static final class Token {

        @Option(names = "--token-env", paramLabel = "NAME", required = true, description = "The environment variable that holds an access token.")
        private @Nullable String tokenVariable;

        @Option(names = "--credentials-key-env", paramLabel = "NAME", required = true, description = "The environment variable that holds launch.credentials.key: the job's own credential is read from Kafka.")
        private @Nullable String keyVariable;
    }

    @Option(names = "--graph-base-url", paramLabel = "URL", description = "The Graph API (default: $" + BASE_URL
            + ", else " + FACEBOOK + "). Must be https, except on this machine or with " + ALLOW_HTTP + "=true.")
    private @Nullable String baseUrl;

    @Option(names = "--graph-api-version", defaultValue = GraphSettings.API_VERSION, description = "(default: ${DEFAULT-VALUE})")
    private String apiVersion = GraphSettings.API_VERSION;

    /** The token by which this job is read. */
    AccessToken token(KafkaConnection kafka, JobState job) {
        var credential = new CredentialName(job.ownership().tenant(), job.terms().request().credentialId());
        var surroundings = Environment.of(spec);
        if (token.tokenVariable != null) {
            return token(surroundings.secret(token.tokenVariable), token.tokenVariable);
        }
        var variable = String.valueOf(token.keyVariable);
        try {
            return token(StoredTokens.find(kafka.settings(), surroundings.secret(variable), credential),
                    "of the credential " + credential.id());
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(variable + ": " + e.getMessage());
        }
    }

    private static AccessToken token(String value, String where) {
        try {
            return new AccessToken(value.strip());
        } catch (IllegalArgumentException e) {
            throw new OperationRefused("the access token " + where + " cannot be one: " + e.getMessage());
        }
    }

    GraphSettings settings() {
        var variable = Environment.of(spec).variable(BASE_URL);
        try {
            var defaults = GraphSettings
                    .towards(BaseUrl.of("graph", baseUrl != null ? baseUrl : variable == null ? FACEBOOK : variable,
                            "true".equals(Environment.of(spec).variable(ALLOW_HTTP))));
            return new GraphSettings(defaults.baseUrl(), apiVersion, defaults.requestTimeout(),
                    defaults.connectTimeout(), defaults.connectionsMax(), defaults.pendingMax());
        } catch (IllegalArgumentException e) {
            throw new OperationRefused("the Graph API's address: " + e.getMessage());
        }
    }
}
