package dev.microvisor.emulator.cloud.broker;

import java.security.GeneralSecurityException;

/** Certificates or a key of firmware that cannot be read. */
final class CredentialsException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    CredentialsException(String what, GeneralSecurityException cause) {
        super(what + " of the connect request: " + cause.getMessage(), cause);
    }
}
