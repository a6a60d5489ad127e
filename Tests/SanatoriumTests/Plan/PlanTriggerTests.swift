import Packs
import Sanatorium
import Testing

@Suite("Triggers of the acute illness plan")
struct PlanTriggerTests {
  let plan: PlanPack
  let redFlags: Symptoms

  init() throws {
    plan = try Packs.plan("acute-illness")
    redFlags = try Packs.health("cn-elder-2026").redFlags
  }

  func decide(_ readings: Readings, _ symptoms: Symptoms = [], others: Int = 0) -> PlanDecision? {
    plan.evaluate(readings, symptoms: symptoms, redFlags: redFlags, others: others)
  }

  @Test("a normal check-in and an empty one ask for nothing")
  func nothing() {
    #expect(decide(normal, [.none]) == nil)
    #expect(decide(Readings()) == nil)
    #expect(decide(NEWS2Tests.vectors[2].0) == nil)
  }

  @Test(
    "NEWS2: 7 activates, 5 and a single 3 propose, changed consciousness activates",
    arguments: [
      (4, PlanTrigger.Effect.activate), (5, .activate), (9, .activate), (3, .activate), (8, .propose),
    ])
  func news2(vector: Int, effect: PlanTrigger.Effect) {
    let decision = decide(NEWS2Tests.vectors[vector].0)
    #expect(decision?.effect == effect)
    #expect(decision?.level == .l3)
    #expect(decision?.reasons.isEmpty == false)
  }

  @Test("a total of 6 proposes, 7 activates, also of an incomplete score")
  func boundary() {
    let six = Readings(respirationRate: 22, oxygenSaturation: 92, supplementalOxygen: true)
    #expect(NEWS2.score(six).partialTotal == 6)
    #expect(decide(six)?.effect == .propose)
    #expect(decide(with(six) { $0.pulse = 91 })?.effect == .activate)
    #expect(decide(with { $0.pulse = 40 })?.triggers == ["single-three"])
  }

  @Test(
    "the figures on both sides",
    arguments: [
      (Reading.glucose, 29, PlanTrigger.Effect.activate), (.glucose, 30, .propose), (.glucose, 38, .propose),
      (.glucose, 39, nil), (.glucose, 167, nil), (.glucose, 168, .propose), (.glucose, 222, .propose),
      (.glucose, 223, .activate), (.oxygenSaturation, 89, .activate), (.oxygenSaturation, 90, .propose),
      (.oxygenSaturation, 92, nil), (.systolic, 200, nil),
    ] as [(Reading, Int, PlanTrigger.Effect?)])
  func figures(reading: Reading, value: Int, effect: PlanTrigger.Effect?) {
    #expect(decide(with { $0[reading] = value })?.effect == effect)
  }

  @Test("a pressure crisis activates with a red flag alone")
  func pressure() {
    #expect(decide(with { $0.systolic = 181 }, [.breathless])?.triggers == ["bp-crisis"])
    #expect(decide(with { $0.systolic = 180 }, [.breathless]) == nil)
    #expect(decide(with { $0.diastolic = 121 }, [.severeHeadache])?.effect == .activate)
    #expect(decide(with { $0.systolic = 181 }, [.cough]) == nil)
  }

  @Test("any BE-FAST sign and lasting chest pain activate", arguments: Symptoms.stroke.all + [.chestPainLasting])
  func signs(symptom: Symptom) {
    #expect(decide(normal, [symptom])?.effect == .activate)
  }

  @Test("chest pain just begun and a fall start no plan by themselves")
  func lesser() {
    #expect(decide(normal, [.chestPain]) == nil)
    #expect(decide(normal, [.fall]) == nil)
  }

  @Test("on scale 2 a saturation within the target is no trigger")
  func scale2() {
    let readings = with {
      $0.oxygenScale = .scale2
      $0.oxygenSaturation = 89
    }
    #expect(decide(readings) == nil)
    #expect(decide(with(readings) { $0.oxygenSaturation = 87 })?.triggers == ["spo2-below-target"])
  }

  @Test("what activates wins over what proposes, and both reasons are told")
  func both() {
    let decision = decide(
      with {
        $0.glucose = 25; $0.pulse = 135
      })
    #expect(decision?.effect == .activate)
    #expect(decision?.triggers == ["glucose-critical", "single-three", "glucose-alert"])
  }

  @Test("a second person at the same time asks for L2")
  func simultaneous() {
    let readings = with { $0.glucose = 25 }
    #expect(decide(readings)?.raise == nil)
    #expect(decide(readings, others: 1)?.raise == .l2)
    #expect(decide(readings, others: 1)?.level == .l3)
  }

  @Test("an acute illness incident proposes, another kind does not")
  func incidents() {
    #expect(plan.evaluate(.acuteIllness)?.effect == .propose)
    #expect(plan.evaluate(.fire) == nil)
  }

  @Test("an unanswered proposal goes up at 5 minutes and activates at L4 at 10, also after a stop")
  func proposal() {
    let opened = Instant(milliseconds: 0)
    func state(_ seconds: Int) -> PlanProposal {
      PlanProposal(plan.proposal, opened: opened, now: opened + .seconds(seconds))
    }
    #expect(state(0) == .waiting(raises: opened + .minutes(5)))
    #expect(state(299) == .waiting(raises: opened + .minutes(5)))
    #expect(state(300) == .raised(at: opened + .minutes(5), activates: opened + .minutes(10)))
    #expect(state(599).changes == opened + .minutes(10))
    #expect(state(600) == .activated(at: opened + .minutes(10), level: .l4))
    #expect(state(86_400) == state(600) && state(600).changes == nil)
  }
}
