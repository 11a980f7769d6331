package dev.microvisor.dap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import org.junit.jupiter.api.Test;

class FaultWordsTest {
    @Test
    void aPreciseBusFaultNamesItsBitsAndItsAddress() {
        StopReason.Fault fault =
                new StopReason.Fault(
                        "BusFault", 0x0800_0100, 0x8200, 0x4000_0000, 0x2008_0000, "a store");
        assertThat(FaultWords.of(fault))
                .anyMatch(l -> l.startsWith("CFSR 0x00008200 PRECISERR BFARVALID"))
                .anyMatch(l -> l.contains("PRECISERR: the bus refused"))
                .anyMatch(l -> l.startsWith("HFSR 0x40000000 FORCED"))
                .anyMatch(l -> l.startsWith("BFAR 0x20080000"));
    }

    @Test
    void anAddressThatIsNotValidIsNotShown() {
        StopReason.Fault fault = new StopReason.Fault("UsageFault", 0, 1 << 25, 0, 0x1234, "");
        assertThat(FaultWords.of(fault)).noneMatch(l -> l.contains("1234"));
    }
}
