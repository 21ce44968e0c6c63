package io.campaignlauncher.schemas;

import io.cloudevents.rw.CloudEventRWException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text from a record's headers as a reason may repeat it. Reasons are read by people, logged and kept; a header may hold
 * anything, a token too. So only what is a plain word or two is quoted: a secret has digits or is long.
 */
public final class Quoted {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z]{1,40}(?:[/.+_-][A-Za-z]{1,40}){0,3}");

    private Quoted() {}

    public static String of(@Nullable Object text) {
        var quoted = String.valueOf(text);
        return PLAIN.matcher(quoted).matches() ? quoted : "something of " + quoted.length() + " characters";
    }

    /** What the CloudEvents library has to say, without the value that it quotes. */
    static String told(RuntimeException error) {
        return switch (error) {
            case CloudEventRWException known -> known.getKind().name();
            // Names the attribute that is missing, and quotes nothing.
            case IllegalStateException missing -> String.valueOf(missing.getMessage());
            default -> error.getClass().getSimpleName();
        };
    }
}
