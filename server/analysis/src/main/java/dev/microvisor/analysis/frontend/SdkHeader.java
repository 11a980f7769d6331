package dev.microvisor.analysis.frontend;

/** The header that declares the system calls. */
final class SdkHeader {
    static final String NAME = "mv_syscalls.h";
    static final String BUNDLED =
            dev.microvisor.analysis.project.ArmToolchain.INCLUDE_FOLDER + "/" + NAME;

    private SdkHeader() {}

    static boolean isSdkHeader(String path) {
        return path.endsWith("/" + NAME) || path.endsWith("\\" + NAME) || path.equals(NAME);
    }
}
