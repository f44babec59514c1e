"""Pages that try to reach other machines, to leave, to fill the memory, or never to end; `TRAP` and `UDP` are ports."""

TEXT = "<p>पुल का काम शुरू हुआ।</p>"
_TRAP = "http://127.0.0.1:TRAP"

REACHING: dict[str, str] = {
    "elements": f"""<img src={_TRAP}/a.png><link rel=stylesheet href={_TRAP}/a.css><iframe src={_TRAP}/frame></iframe>
        <video src={_TRAP}/v></video><object data={_TRAP}/o></object><script src={_TRAP}/s.js></script>""",
    "hints": f"""<link rel=preconnect href={_TRAP}><link rel=dns-prefetch href={_TRAP}>
        <link rel=prefetch href={_TRAP}/p><link rel=preload as=fetch href={_TRAP}/q>
        <script type=speculationrules>{{"prerender": [{{"source": "list", "urls": ["{_TRAP}/pre"]}}],
        "prefetch": [{{"source": "list", "urls": ["{_TRAP}/pre2"]}}]}}</script>""",
    "requests": f"""<script>navigator.sendBeacon("{_TRAP}/beacon", "x");
        fetch("{_TRAP}/post", {{method: "POST", body: "x", keepalive: true}}).catch(() => 0);
        fetch("https://khabar.example/own", {{method: "POST", body: "x"}}).catch(() => 0);
        new EventSource("{_TRAP}/events"); import("{_TRAP}/module.js").catch(() => 0);</script>""",
    "sockets": """<script>new WebSocket("ws://127.0.0.1:TRAP/socket");</script>""",
    "workers": f"""<script>new Worker(URL.createObjectURL(new Blob([
        `fetch("{_TRAP}/worker").catch(() => 0); new WebSocket("ws://127.0.0.1:TRAP/w"); importScripts("{_TRAP}/i")`
        ]))); navigator.serviceWorker.register("/sw.js").catch(() => 0);</script>""",
    "calls": """<iframe srcdoc=""></iframe><script>
        const Call = window.RTCPeerConnection || document.querySelector("iframe").contentWindow.RTCPeerConnection;
        const call = new Call({iceServers: [{urls: "stun:127.0.0.1:UDP"}]});
        call.createDataChannel("x"); call.createOffer().then(offer => call.setLocalDescription(offer));</script>""",
    "windows": f"""<a id=a href="{_TRAP}/click" target=_blank>x</a>
        <form id=f action="{_TRAP}/form" target=_blank></form>
        <script>for (let i = 0; i < 20; i++) window.open("{_TRAP}/open"); a.click(); f.submit();</script>""",
    "leaving": f"""<script>location = "{_TRAP}/away";</script>""",
    "refresh": f"""<meta http-equiv=refresh content="0; url={_TRAP}/refresh">""",
    "posting": f"""<form id=f method=post action="{_TRAP}/form"></form><script>f.submit();</script>""",
    "files": """<iframe src=file:///etc/passwd></iframe><script>
        fetch("file:///etc/passwd").then(file => file.text()).then(text => document.body.append(text)).catch(() => 0);
        </script>""",
}
"""Each page has the text as well, and is read with it."""

STUBBORN: dict[str, str] = {
    "reloading": "<script>setInterval(() => location.reload(), 10);</script>",
    "dialogs": "<script>alert(1); confirm(2); prompt(3); print(); onbeforeunload = () => 1;</script>",
    "download": """<a id=a download href="data:application/zip,x">x</a><script>a.click();
        location.href = "data:application/octet-stream,x";</script>""",
    "growing": "<script>setInterval(() => document.body.append('और '), 1);</script>",
    "never answered": "<script>fetch('/never').catch(() => 0);</script>",
    "many requests": "<script>for (let i = 0; i < 500; i++) fetch('/many?' + i).catch(() => 0);</script>",
}
"""Each page goes on for ever, and is read with its text when its time is over."""

FAILING: dict[str, tuple[str, str]] = {
    "endless": ("<script>while (true) {}</script>", "its scripts did not rest within 2 seconds"),
    "greedy": (
        "<script>let a = []; while (true) a.push(new Array(1e5).fill(Math.random()));</script>",
        "Target crashed",
    ),
    "huge": (
        "<script>for (let i = 0; i < 90; i++) document.body.append(new Comment('x'.repeat(2e5)));</script>",
        "its scripts made more than 16777216 characters of it",
    ),
    "tampering": (
        "<script>Object.defineProperty(document.documentElement, 'outerHTML', {get: () => ({length: 1})});</script>",
        "its scripts made more than",
    ),
}
"""Each page cannot be rendered, with words of the reason."""
