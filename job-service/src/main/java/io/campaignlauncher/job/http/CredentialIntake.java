package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code PUT /v1/credentials/{credentialId}}: stores an access token for the tenant of who asks. No answer and no log ever shows it. */
final class CredentialIntake {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialIntake.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    private final Credentials credentials;
    private final HttpSettings settings;

    CredentialIntake(Credentials credentials, HttpSettings settings) {
        this.credentials = credentials;
        this.settings = settings;
    }

    Mono<ServerResponse> store(ServerRequest request) {
        var id = request.pathVariable("credentialId");
        if (!ID.matcher(id).matches()) {
            return Mono.error(
                    Problem.badRequest("credentialId", "must be 1 to 100 letters, digits, dots, dashes, underscores"));
        }
        return JsonBody.of(request, settings.bodyBytesMax())
                .map(CredentialIntake::token)
                .zipWith(Asking.principal(request))
                .flatMap(given -> credentials.store(new CredentialName(given.getT2().tenant(), id), given.getT1())
                        .timeout(settings.patience())
                        .onErrorMap(e -> notStored(id, e)))
                .then(Mono.defer(() -> ServerResponse.noContent().build()));
    }

    private static String token(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var token = fields.textOrEmpty("accessToken");
        fields.nothingElse();
        if (found.isEmpty() && !TOKEN.matcher(token).matches()) {
            found.add(new Violation("accessToken", "must be 1 to 4096 visible ASCII characters"));
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return token;
    }

    /** Tells the kind of error only: its message is not ours. */
    private static Problem notStored(String id, Throwable error) {
        LOG.warn("credential {} could not be stored: {}", id, error.getClass().getName());
        return Problem.unavailable("The credential could not be stored; send it again.");
    }
}
