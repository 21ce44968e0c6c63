package io.campaignlauncher.embedded;

/** How somebody logs in. */
public record Login(String username, String password) {

    /** Keeps the password to itself. */
    @Override
    public String toString() {
        return "Login[" + username + "]";
    }
}
