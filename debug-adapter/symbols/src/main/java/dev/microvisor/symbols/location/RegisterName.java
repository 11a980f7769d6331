package dev.microvisor.symbols.location;

/** Names of registers by their DWARF numbers. */
public final class RegisterName {
    private RegisterName() {}

    public static String of(int number) {
        if (number >= 0 && number <= 12) {
            return "r" + number;
        }
        switch (number) {
            case 13:
                return "sp";
            case 14:
                return "lr";
            case 15:
                return "pc";
            default:
                break;
        }
        if (number >= 64 && number < 96) {
            return "s" + (number - 64);
        }
        if (number >= 256 && number < 288) {
            return "d" + (number - 256);
        }
        return "register " + number;
    }
}
