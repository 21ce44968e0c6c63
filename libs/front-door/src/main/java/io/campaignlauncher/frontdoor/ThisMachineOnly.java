package io.campaignlauncher.frontdoor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An HTTP server was to be reached from other machines. Its message is a sentence for people; nothing is broken, so no stack trace. */
public final class ThisMachineOnly extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private ThisMachineOnly(String message) {
        super(message);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /**
     * For what has no log-in.
     *
     * @param setting the name of the setting that has the address
     * @throws ThisMachineOnly where the address is not a loopback one alone
     */
    public static void require(String setting, String address) {
        require(setting, address, null);
    }

    /**
     * For what can have one.
     *
     * @param setting the name of the setting that has the address
     * @param logIn   the setting, with its value, by which everybody has to log in; null: there is none
     * @throws ThisMachineOnly where the address is not a loopback one alone
     */
    public static void require(String setting, String address, @Nullable String logIn) {
        if (!isLoopback(address)) {
            throw new ThisMachineOnly(setting + " is \"" + address + "\", which is not on this machine alone: until"
                    + " there is a log-in" + (logIn == null ? "" : ", by " + logIn) + ", " + setting
                    + " has to be a loopback address such as 127.0.0.1.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isBlank()
                    && Arrays.stream(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
