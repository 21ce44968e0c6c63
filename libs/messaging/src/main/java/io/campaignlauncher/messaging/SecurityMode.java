package io.campaignlauncher.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** Who is asked who they are, {@code launch.security.mode}. */
public enum SecurityMode {

    /** Nobody who sits at the machine: a request from it that brings nothing is the local operator's. */
    LOCAL,
    /** Everybody, everywhere. */
    TOKENS;

    /** The setting's name. */
    public static final String SETTING = "launch.security.mode";

    /**
     * Who has to show who they are.
     *
     * @param mode {@code local}: whoever asks from this machine without a token is the local operator, who may do everything, and HTTP
     *     servers listen on this machine alone; {@code tokens}: everybody shows who they are, and any address may be listened on
     */
    @ConfigurationProperties("launch.security")
    record Chosen(@DefaultValue("local") SecurityMode mode) {}

    /** As it is set; local unless told otherwise. */
    public static SecurityMode of(Environment environment) {
        return Settings.of(environment, Chosen.class).mode();
    }
}
