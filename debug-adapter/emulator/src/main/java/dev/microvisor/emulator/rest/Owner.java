package dev.microvisor.emulator.rest;

/** Whose items: the account's or one device's. */
public record Owner(String id) {
    public static final Owner ACCOUNT = new Owner("");

    public static Owner device(String sid) {
        return new Owner(sid);
    }

    boolean isAccount() {
        return id.isEmpty();
    }
}
