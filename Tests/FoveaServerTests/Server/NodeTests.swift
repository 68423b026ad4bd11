import FoveaServer
import Foundation
import Testing

private let node = Program("node")

/// Asks as Immich's server does: with Node's `fetch` and `FormData`.
@Suite(.enabled(if: node != nil, "Node is not installed"), .timeLimit(.minutes(1)))
struct NodeTests {
    @Test func asksLikeImmich() async throws {
        let script = """
            const url = new URL('predict', process.env.FOVEA_URL);
            const show = async (response) => console.log(response.status, await response.text());
            const predict = async (fields) => {
              const form = new FormData();
              for (const [name, value] of Object.entries(fields)) form.append(name, value);
              await show(await fetch(url, { method: 'POST', body: form }));
            };
            const visual = JSON.stringify({ clip: { visual: { modelName: 'm' } } });
            const textual = JSON.stringify({ clip: { textual: { modelName: 'm', options: { language: undefined } } } });
            await show(await fetch(new URL('ping', process.env.FOVEA_URL)));
            await predict({ entries: visual, image: new Blob([new Uint8Array(2000000).fill(1)]) });
            await predict({ image: new Blob([new Uint8Array([13, 10, 45, 45])]), entries: visual });
            await predict({ entries: textual, text: 'été' });
            await predict({ entries: textual, text: new Blob(['file']) });
            await show(await fetch(url, { method: 'POST', body: new URLSearchParams({ entries: textual, text: 'a b&c' }) }));
            await Promise.all(Array.from({ length: 20 }, () => fetch(url, { method: 'POST', body: (() => {
              const form = new FormData();
              form.append('entries', visual);
              form.append('image', new Blob([new Uint8Array(300000)]));
              return form;
            })() }).then((response) => response.json()).then((json) => {
              if (json.imageWidth !== 300000) throw new Error(JSON.stringify(json));
            })));
            console.log('done');
            """
        let node = try #require(node)
        let output = try await withServer { port in
            try await node.run(
                ["--input-type=module", "-e", script], environment: ["FOVEA_URL": "http://127.0.0.1:\(port)"])
        }
        let expected: [Substring] = [
            "200 pong",
            #"200 {"clip":"[2000000.0,2000000.0]","imageHeight":1,"imageWidth":2000000}"#,
            #"200 {"clip":"[4.0,113.0]","imageHeight":1,"imageWidth":4}"#,
            // é is C3 A9 in UTF-8: 195 + 169, twice, and t.
            #"200 {"clip":"[5.0,844.0]"}"#,
            #"422 {"detail":[{"type":"string_type","loc":["body","text"],"msg":"Input should be a valid string","input":null}]}"#,
            // a, blank, b, &, c: 97 + 32 + 98 + 38 + 99.
            #"200 {"clip":"[5.0,364.0]"}"#,
            "done",
        ]
        #expect(output.split(separator: "\n") == expected)
    }
}
