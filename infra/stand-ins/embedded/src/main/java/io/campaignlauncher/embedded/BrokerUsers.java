package io.campaignlauncher.embedded;

import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * The users of an embedded broker, whom it knows from its own settings at each start. Kafka's own place for them is the
 * metadata log, which is written through a broker that somebody already got into, and which the controller cannot ask while
 * nobody has logged in to it: here a folder of an older version needs nothing but its next start.
 */
public final class BrokerUsers implements AuthenticateCallbackHandler {

    static final String MECHANISM = ScramMechanism.SCRAM_SHA_512.mechanismName();

    /** As the broker and the controller, which are one here, log in to each other. */
    static final String SELF = "broker";
    private static final String OPTION = "user_";
    private static final int ITERATIONS = ScramMechanism.SCRAM_SHA_512.minIterations();

    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, ScramCredential> credentials = new ConcurrentHashMap<>();

    /** The broker's own login and everybody it lets in, as the option of a listener. */
    static String jaasConfig(Passwords passwords) {
        var options = new StringBuilder(login(SELF, passwords)).append(known(SELF, passwords));
        for (var who : ServiceLogin.values()) {
            options.append(known(who.user(), passwords));
        }
        return options.append(';').toString();
    }

    /** What a client's settings need to log in, by their Kafka names. */
    static Map<String, String> client(ServiceLogin who, Passwords passwords) {
        return Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", MECHANISM, "sasl.jaas.config",
                login(who.user(), passwords) + ";");
    }

    private static String login(String user, Passwords passwords) {
        return ScramLoginModule.class.getName() + " required username=\"" + user + "\" password=\"" + passwords.of(user)
                + "\"";
    }

    private static String known(String user, Passwords passwords) {
        return " " + OPTION + user + "=\"" + passwords.of(user) + "\"";
    }

    @Override
    public void configure(Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> entries) {
        entries.forEach(entry -> entry.getOptions().forEach((name, value) -> {
            if (name.startsWith(OPTION)) {
                passwords.put(name.substring(OPTION.length()), value.toString());
            }
        }));
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        @Nullable
        String user = null;
        for (var callback : callbacks) {
            switch (callback) {
                case NameCallback name -> user = name.getDefaultName();
                case ScramCredentialCallback wanted -> wanted.scramCredential(credential(user));
                default -> throw new UnsupportedCallbackException(callback);
            }
        }
    }

    /** @return null: nobody that is known */
    private @Nullable ScramCredential credential(@Nullable String user) {
        return user == null || !passwords.containsKey(user) ? null
                : credentials.computeIfAbsent(user, this::credentialOfAUser);
    }

    private ScramCredential credentialOfAUser(String user) {
        try {
            return new ScramFormatter(ScramMechanism.SCRAM_SHA_512).generateCredential(passwords.get(user), ITERATIONS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        passwords.clear();
        credentials.clear();
    }
}
