package dev.amphi.interactive;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows inside the module: I/O → logic → values, and each third party in one place. */
class ArchitectureTest {
  private static final String ROOT = "dev.amphi.interactive.";

  /** What decides, and so must not touch the world. */
  private static final String[] LOGIC = {
    ROOT + "rtp..",
    ROOT + "fec..",
    ROOT + "receive..",
    ROOT + "send..",
    ROOT + "bandwidth..",
    ROOT + "pipeline..",
    ROOT + "sctp..",
    ROOT + "signal..",
    ROOT + "room..",
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.amphi.interactive");

  @Test
  void logicKnowsNoNetworkAndNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(LOGIC)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "org.bouncycastle..",
            "org.jitsi..",
            "java.net..",
            "java.nio.channels..")
        .check(CLASSES);
  }

  @Test
  void logicReadsNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(LOGIC)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void onlyTheDoorsAndTheClientKnowVertx() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "web..", ROOT + "client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..")
        .check(CLASSES);
  }

  @Test
  void eachThirdPartyOfTheTransportHasItsOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "transport.port..")
        .and()
        // Vert.x gives no bound to what a WebSocket inflates; Netty's handler below it does.
        .haveNameNotMatching(".*web\\.SocketCompression.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "transport.dtls..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "transport.srtp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jitsi.srtp..")
        .check(CLASSES);
  }

  @Test
  void theOtherIceAgentIsATestsPeerOnly() {
    noClasses().should().dependOnClassesThat().resideInAnyPackage("org.ice4j..").check(CLASSES);
  }

  @Test
  void theStatementsOfTheModuleDependOnNothingOfIt() {
    classes()
        .that()
        .resideInAPackage(ROOT + "api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", ROOT + "api..")
        .check(CLASSES);
  }

  @Test
  void mediaKnowsNothingOfRoomsNorRoomsOfDoors() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "rtp..",
            ROOT + "fec..",
            ROOT + "receive..",
            ROOT + "send..",
            ROOT + "bandwidth..",
            ROOT + "pipeline..",
            ROOT + "sctp..",
            ROOT + "transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "room..", ROOT + "web..", ROOT + "signal..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "room..", ROOT + "signal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "web..")
        .check(CLASSES);
  }
}
